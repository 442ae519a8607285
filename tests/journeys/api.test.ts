import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDay } from '../support/an-event.ts';
import { eventsOf } from '../support/feed.ts';
import { type RunningHost, startHost } from '../support/host.ts';
import { apiAt, officerAt } from '../support/officer.ts';
import { residentAt } from '../support/resident.ts';

const csv = readFileSync(new URL('../../infra/local/sample-week.csv', import.meta.url), 'utf8');

type Problem = { status: number; detail: string; errors?: { pointer: string; message: string }[] };
type Row = { row: number; outcome: string; errors: { column: string; message: string }[] };
type Report = Record<string, number> & { rows: Row[] };

let host: RunningHost;
let anybody: ReturnType<typeof apiAt>;
let admin: ReturnType<typeof officerAt>;
let southend: ReturnType<typeof officerAt>;

beforeAll(async () => {
  host = await startHost({ settings: { SETTLE_SECONDS: '1' } });
  await host.moveClock({ now: '2027-01-04T10:00:00Z' });
  anybody = apiAt(host.url);
  admin = officerAt(host.url, await host.token('admin'));
  southend = officerAt(host.url, await host.token('southend-officer'));
}, 60_000);
afterAll(() => host?.stop());

const asked = async (answer: ReturnType<typeof anybody>) => {
  const { status, headers, body } = await answer;
  expect(headers.get('content-type')).toBe('application/problem+json');
  const problem = body as Problem;
  expect(problem.status).toBe(status);
  return problem;
};
const imported = async (body: string | Uint8Array<ArrayBuffer>, type = 'text/csv', query = '') => {
  const answer = await fetch(`${host.url}/api/v1/imports${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, authorization: `Bearer ${await host.token('admin')}` },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Report;
};

describe('what is wrong is said, to the member, the column and the row', () => {
  const refused = (body: unknown) => asked(admin.api('POST', '/events', body));
  const faulty = async (members: Record<string, unknown>) =>
    (await refused({ ...openDay, ...members })).errors;

  test('of JSON that is none, an unknown member, a date that does not exist, a district of elsewhere', async () => {
    expect(await asked(admin.api('POST', '/events', '{"title": '))).toMatchObject({
      status: 400,
      detail: expect.stringContaining('not JSON'),
    });
    expect(await faulty({ colour: 'red' })).toEqual([
      { pointer: '/colour', message: 'is not a known member' },
    ]);
    expect(await faulty({ start: '2027-02-30T10:00' })).toMatchObject([{ pointer: '/start' }]);
    expect(await faulty({ start: '0000-01-01T10:00', end: '0000-01-01T11:00' })).toMatchObject([
      { pointer: '/start' },
    ]);
    expect(await faulty({ districts: ['southend', 'kent'] })).toMatchObject([{ pointer: '/districts/1' }]);
    expect(await faulty({ recurrence: { rrule: 'FREQ=WEEKLY;COUNT=0' } })).toMatchObject([
      { pointer: '/recurrence/rrule' },
    ]);
  });

  test('of five megabytes', async () => {
    const large = 'x'.repeat(5_000_000);
    expect((await refused({ ...openDay, description: large })).status).toBe(413);
    expect((await asked(admin.api('POST', '/imports', large))).status).toBe(413);
    expect((await asked(anybody('POST', '/subscriptions', { address: large }))).status).toBe(413);
  });

  test('of a header of a file, and nothing of it goes in', async () => {
    const wrong = csv.replace('externalId,title', 'externalId,colour');
    expect((await asked(admin.api('POST', '/imports', wrong))).errors).toEqual([
      { pointer: '', message: '"colour" is not a column of an import' },
      { pointer: '', message: 'column "title" is missing' },
    ]);
    expect(((await anybody('GET', '/events')).body as { items: never[] }).items).toEqual([]);
  });

  test('of row 40, and the others go in: one bulletin for each district, though that takes longer than its window', async () => {
    const resident = residentAt(host.url, 'email', 'week@example.com');
    await resident.subscribe(['basildon', 'chelmsford', 'harlow']);
    const lines = csv.split('\n').slice(0, 45);
    lines[40] = lines[40]?.replace(/,2027-01-\d\d(T\d\d:\d\d)?,/, ',2027-02-30T10:00,') ?? '';
    const { rows, ...counts } = await imported(lines.join('\n'));
    expect(counts).toEqual({ created: 43, updated: 0, unchanged: 0, failed: 1 });
    expect(rows[39]).toMatchObject({ row: 40, outcome: 'failed', errors: [{ column: 'start' }] });
    await host.settled();
    const subjects = (await resident.notices()).map(({ subject }) => subject?.replace(/\d+/, '#'));
    expect(subjects.sort()).toEqual(
      ['Basildon', 'Chelmsford', 'Harlow'].map((place) => `# new police events in ${place}`),
    );
  });

  test('of letters that Windows-1252 lost on the way, and the other rows go in', async () => {
    const [header = '', one = '', two = ''] = csv.replaceAll('NPW27-', 'WIN-').split('\n');
    const broken = one.replace(',Self-defence', ',Café');
    const report = await imported(
      new Uint8Array(Buffer.from([header, broken, two, ''].join('\n'), 'latin1')),
    );
    expect(report).toMatchObject({ created: 1, failed: 1 });
    expect(report.rows[0]?.errors).toEqual([{ column: 'title', message: expect.stringContaining('UTF-8') }]);
  });

  test('of addresses, keys and spans that a table would choke on', async () => {
    const long = 'x'.repeat(3000);
    for (const [path, status] of [
      [`/events/${long}`, 404],
      [`/subscriptions/${long}`, 404],
      [`/police-uk/${long}/events`, 404],
      [`/events?cursor=${Buffer.from(`v1:${long}`).toString('base64url')}`, 422],
      ['/events?from=2027-02-01&to=2027-01-01', 422],
      ['/events?from=9999-12-31', 422],
    ] as const)
      expect((await asked(anybody('GET', path))).status, path.slice(0, 60)).toBe(status);
    expect(await anybody('GET', '/events?to=2020-01-01')).toMatchObject({
      status: 200,
      body: { items: [], cursor: null },
    });
    const key = { 'idempotency-key': long };
    expect((await admin.api('POST', '/events', openDay, key)).status).toBe(201);
    expect((await asked(anybody('POST', '/subscriptions/confirmations', { token: long }))).status).toBe(410);
  });

  test('of a method that an address has not got', async () => {
    const answer = await anybody('DELETE', '/events');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expect((await anybody('OPTIONS', '/events')).headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expect((await fetch(`${host.url}/api/v1/districts`, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('machines', () => {
  test('learn the API from its own document', async () => {
    const { status, headers, body } = await anybody('GET', '/openapi.json');
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=3600']);
    expect(await new Validator().validate(body)).toEqual({ valid: true });
    expect(body).toHaveProperty(['paths', '/api/v1/events', 'post', 'operationId'], 'createEvent');
  });

  test('read a neighbourhood’s events as from data.police.uk', async () => {
    const { status, body } = await anybody('GET', '/police-uk/southend/events');
    expect(status).toBe(200);
    expect((body as unknown[]).length).toBeGreaterThan(4);
  });

  test('bring a council’s calendar, and bring its changes', async () => {
    const calendar = (start: string, more = '') =>
      [
        'BEGIN:VCALENDAR',
        'BEGIN:VEVENT',
        'UID:coffee@council.example',
        'SUMMARY:Coffee with a copper',
        `DTSTART:20270714T${start}Z`,
        'DURATION:PT1H',
        ...(more ? [more] : []),
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n');
    const query = '?district=southend&kind=street-meet&team=southend-cpt&publish=true';
    const bring = (text: string) => imported(text, 'text/calendar', query);
    expect(await bring(calendar('090000'))).toMatchObject({ created: 1 });
    const find = async () => {
      const { body } = await anybody('GET', '/events?district=southend&from=2027-07-14');
      return (body as { items: { start: string; status: string }[] }).items[0];
    };
    expect(await find()).toMatchObject({ start: '2027-07-14T10:00', status: 'published' });
    expect(await bring(calendar('100000'))).toMatchObject({ updated: 1 });
    expect(await find()).toMatchObject({ start: '2027-07-14T11:00' });
    expect(await bring(calendar('100000', 'STATUS:CANCELLED'))).toMatchObject({ updated: 1 });
    expect(await find()).toMatchObject({ status: 'cancelled' });
  });
});

describe('an officer', () => {
  test('has a calendar of everything in the own districts, drafts too', async () => {
    const me = (await southend.api('GET', '/me')).body as { districts: string[]; privateCalendarUrl: string };
    expect(me.districts).toEqual(['southend']);
    await southend.draft({ title: 'Not yet' });
    const feed = await fetch(me.privateCalendarUrl);
    expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(feed.headers.get('cache-control')).toBe('private, no-store');
    const titles = eventsOf(await feed.text()).map(({ summary }) => summary);
    expect(titles).toContain('DRAFT: Not yet');
    const seen = (await southend.api('GET', '/events?scope=officer&district=southend&limit=100')).body;
    expect(titles).toHaveLength((seen as { items: never[] }).items.length);
    const other = me.privateCalendarUrl.replace(/.\.ics$/, (end) =>
      end.startsWith('_') ? 'A.ics' : '_.ics',
    );
    expect((await fetch(other)).status).toBe(404);
  });

  test('learns what was done and how many heard of it', async () => {
    const ann = residentAt(host.url, 'email', 'report@example.com');
    await ann.subscribe(['southend']);
    await southend.publish({ title: 'Reported' });
    await host.idle();
    expect(await ann.notices()).toHaveLength(1);
    const span = '/reports/engagement?from=2027-01-01&to=2027-01-31';
    const report = (await southend.api('GET', span)).body as {
      total: { events: number; notices: { email: number } };
      quietDistricts: string[];
    };
    expect(report.total.events).toBe(8);
    expect(report.total.notices.email).toBe(1);
    expect(report.quietDistricts).toEqual(['southend']);
    const table = await southend.api('GET', span, undefined, { accept: 'text/csv' });
    expect(table.text).toContain(`\r\ndistrict,southend,Southend-on-Sea,${report.total.events},`);
  });
});
