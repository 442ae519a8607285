import fc from 'fast-check';
import { expect, test } from 'vitest';
import { call } from '../../support/http-call.ts';
import { apiUnderTest } from './api-under-test.ts';
import { documentOf, type Operation } from './as-documented.ts';

const api = apiUnderTest();
const { document, undocumented } = documentOf(api.routes);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const draft = (await api.supervisor('POST', '/events', { body: exampleOf('/api/v1/events') })).body;

function exampleOf(path: string) {
  return document.paths[path]?.post?.requestBody?.content['application/json']?.example;
}

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '*', '-1', '0', 'true', 'southend', '2027-01-30', '0000-01-01', '9999-12-31', 'djE6'),
  fc.constantFrom('2027-01-30T10:00', '-271821-04-20', '\u0000', '..', '%', '__proto__', 'x'.repeat(5000)),
);
const anything = fc.oneof(
  { weight: 2, arbitrary: words },
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, -0, 1e308, [], {}, [[]], ['southend', 'southend']),
);

/** A body that is nearly right: one member more, less or other; or anything at all. */
const bodyLike = (example: unknown) => {
  const members = typeof example === 'object' && example ? Object.keys(example) : [];
  const known = members.length
    ? members
    : ['title', 'start', 'recurrence', 'districts', 'address', 'token', 'reason'];
  const nearly = fc
    .tuple(fc.constantFrom(...known, 'recurrence', 'allDay', 'start', 'end', 'timeZone', 'x'), anything)
    .map(([member, value]) => ({ ...(example as object), [member]: value }));
  const rule = fc
    .tuple(
      fc.constantFrom(
        'FREQ=DAILY',
        'FREQ=WEEKLY;BYDAY=XX',
        'FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2',
        'FREQ=WEEKLY;UNTIL=99999999',
        'FREQ=MONTHLY;BYSETPOS=0;COUNT=9999',
        'FREQ=SECONDLY',
      ),
      fc.array(words, { maxLength: 2 }),
    )
    .map(([rrule, exceptions]) => ({ ...(example as object), recurrence: { rrule, exceptions } }));
  const odd = fc
    .record({
      day: fc.constantFrom(
        '0001-01-01',
        '1969-12-31',
        '2027-03-28',
        '2027-10-31',
        '2028-02-29',
        '9999-12-30',
      ),
      hours: fc.constantFrom(['00:00', '00:01'], ['01:30', '02:30'], ['23:00', '23:59']),
      rrule: fc.constantFrom(undefined, 'FREQ=DAILY', 'FREQ=DAILY;COUNT=3', 'FREQ=YEARLY;UNTIL=99991231'),
      audience: fc.constantFrom('public', 'partners', 'internal'),
    })
    .map(({ day, hours: [from, to], rrule, audience }) => ({
      ...(example as object),
      start: `${day}T${from}`,
      end: `${day}T${to}`,
      recurrence: rrule && { rrule },
      audience,
    }));
  return fc.oneof(nearly, rule, odd, fc.jsonValue(), fc.string());
};

const queryOf = ({ parameters }: Operation) =>
  fc.dictionary(
    fc.constantFrom(...parameters.filter((one) => one.in === 'query').map(({ name }) => name), 'x'),
    words,
    { maxKeys: 4, noNullPrototype: true },
  );

const requests = fc.constantFrom(...operations).chain(({ path, method, operation }) => {
  const forms = Object.keys(operation.requestBody?.content ?? { 'application/json': {} });
  const example = operation.requestBody?.content['application/json']?.example;
  return fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant(method) },
      fc.constantFrom('GET', 'POST', 'DELETE', 'HEAD'),
    ),
    path: fc
      .oneof(
        fc.constant(draft.id),
        words.filter((word) => word !== '' && word.isWellFormed()),
      )
      .map((word) => path.replace(/\{\w+\}/g, encodeURIComponent(word).replaceAll('.', '%2E'))),
    query: queryOf(operation).map((all) => new URLSearchParams(all).toString()),
    body: bodyLike(example).map((body) => (typeof body === 'string' ? body : JSON.stringify(body))),
    headers: fc.record(
      {
        authorization: fc.oneof(
          { weight: 5, arbitrary: fc.constant('Bearer supervisor') },
          fc.constantFrom('Bearer southend', 'Bearer nobody', 'Basic x'),
        ),
        'if-match': fc.oneof(fc.constantFrom('*', '"1"'), words),
        'idempotency-key': words,
        accept: fc.oneof(fc.constantFrom('text/csv', '*/*'), words),
        'content-type': fc.constantFrom(...forms, 'text/plain'),
      },
      { requiredKeys: ['authorization', 'content-type'] },
    ),
  });
});

test('no request is answered with our fault, or in a way that is not documented', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, path, query, body, headers }) => {
      const answer = await call(api.handler, method, `${path}${query && `?${query}`}`, { body, headers });
      expect(answer.status, answer.text).toBeLessThan(500);
      expect(undocumented(method, path, answer)).toEqual([]);
      if (answer.status >= 400) expect(answer.headers['content-type']).toBe('application/problem+json');
    }),
    { numRuns: 600 },
  );
});
