import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { officersRoutes } from '../../../functions/console/console.ts';
import { columns } from '../../../shared/imports/read-csv.ts';
import { evilForce, evilInput, evilText, writtenFields } from '../../support/evil.ts';
import { attackedAt, evilEvents as events, evilQuery, harmIn } from '../../support/evil-events.ts';
import { someConsole } from './some-console.ts';

const { refused } = evilInput();

/** A cell that a spreadsheet would take for a formula: numbers are none. */
const formulasIn = (csv: string) =>
  (parse(csv, { relax_column_count: true }) as string[][])
    .flat()
    .filter((cell) => /^\s*[=+\-@＝＋－＠]/.test(cell) && Number.isNaN(Number(cell)));

test('what officers write freely is known: a new field is attacked here, or refuses what it is not', () => {
  expect(refused.map((path) => path.split('/').at(path.endsWith('/0') ? -2 : -1)).sort()).toEqual(
    [
      ...['campaign', 'districts', 'email', 'end', 'end', 'exceptions', 'recurrenceId'],
      ...['rrule', 'start', 'start', 'team', 'timeZone'],
    ].sort(),
  );
  expect(writtenFields.length - refused.length).toBeGreaterThan(18);
});

/** As it is, to look at it first, and to have something filled in. */
const sendings: Record<string, string>[] = [{}, { look: 'yes', version: '1' }, { fill: 'dates' }];

describe('a script or a formula in every field that somebody writes', () => {
  let desk: ReturnType<typeof someConsole>;
  let supervisor: Awaited<ReturnType<typeof desk.as>>;
  let imported: string;
  beforeAll(async () => {
    desk = someConsole({ now: attackedAt.toISOString(), force: evilForce });
    const person = desk.people.get('supervisor');
    if (person) person.name = evilText;
    supervisor = await desk.as('supervisor');
    await desk.given(...events);
    for (const event of events) await desk.venues.learn(event);
    const file = [columns, columns.map(() => `"${evilText.replaceAll('"', '""')}"`)].map(String).join('\n');
    const files = { file: new File([file], `${evilText}.csv`) };
    imported = (await supervisor.post('/console/import', {}, { files })).location.split('/').at(-1) ?? '';
  });

  const queries = ['words', 'month', 'officer', 'event', 'district', 'from', 'kind', 'after', 'only', 'copy'];
  test('does nothing on any page of the console, however it is asked for', async () => {
    const paths = officersRoutes(desk).filter(({ method }) => method === 'GET');
    const seen = new Map<string, number>();
    for (const { path } of paths) {
      const ids = path.includes('/import/') ? [imported] : events.map(({ id }) => id);
      for (const id of path.includes('{id}') ? ids : [''])
        for (const query of ['?version=2', evilQuery(...queries)]) {
          const at = path.replace('{id}', id).replace('{row}', '1').replace('{date}', '2027-02-13T10:00');
          const answer = await supervisor.get(at + query);
          expect(answer.status, at + query).not.toBe(500);
          if (answer.status === 200) seen.set(path, (seen.get(path) ?? 0) + 1);
          const isFile = answer.headers['content-type']?.includes('csv');
          if (isFile) expect(formulasIn(answer.html), at).toEqual([]);
          else expect(harmIn(answer.html), at + query).toEqual([]);
        }
    }
    const never = paths.filter(({ path }) => !seen.has(path)).map(({ path }) => path);
    expect(never.sort(), 'a copy leads to the form, and there is nothing to confirm or to undo').toEqual([
      '/console/events/{id}/copy',
      '/console/import/{id}/confirm',
      '/console/import/{id}/undo',
    ]);
  });

  test('does nothing where a form is refused, or shows what will be sent', async () => {
    const fields = Object.fromEntries(
      [...queries, 'title', 'summary', 'description', 'venueName', 'address', 'postcode', 'partners']
        .concat('reason', 'moveReason', 'note', 'notes', 'raised', 'did', 'attendance', 'date', 'endsOn')
        .concat('contactName', 'surveyUrl', 'bookingUrl', 'capacity', 'externalId', 'version', 'scope')
        .map((name) => [name, evilText]),
    );
    for (const { path, method } of officersRoutes(desk)) {
      if (method === 'GET') continue;
      for (const id of path.includes('/import/') ? [imported] : events.map((event) => event.id))
        for (const more of sendings) {
          const at = path.replace('{id}', id).replace('{row}', '1').replace('{date}', '2027-02-13T10:00');
          const { html, status } = await supervisor.post(at, { ...fields, ...more });
          expect(status, `${at} ${JSON.stringify(more)}`).not.toBe(500);
          expect(harmIn(html), `${at} ${JSON.stringify(more)}`).toEqual([]);
        }
    }
  });
});
