import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldsIn } from '../functions/console/fields-in.ts';
import { consoleAt } from '../support/console.ts';
import { type RunningHost, startHost } from '../support/host.ts';
import { residentAt } from '../support/resident.ts';

const week = readFileSync(new URL('../../infra/local/sample-week.csv', import.meta.url), 'utf8');

let host: RunningHost;
beforeAll(async () => {
  // Shorter than the import takes: that is one bulletin all the same.
  host = await startHost({ settings: { SETTLE_SECONDS: '1' }, now: new Date('2027-01-05T12:00:00Z') });
}, 60_000);
afterAll(() => host?.stop());

test('a sergeant brings the week of 95 events with three broken rows, repairs one, publishes, downloads the others, undoes', async () => {
  const spoiled = week
    .replace(/(NPW27-040,.*?,)(\w+-?\w+)(,[a-z-]+,[a-z-]+-cpt,)/, '$1fancy-dress$3')
    .replace(/(NPW27-050,.*)(2027-01-\d\dT\d\d:\d\d),(2027)/, '$131/02/2027,$3')
    .replace('NPW27-060,', ',');
  const ann = residentAt(host.url, 'email', 'ann@example.com');
  await ann.subscribe(['southend', 'basildon', 'harlow']);
  const sergeant = consoleAt(host.url);
  const start = await sergeant.signIn('supervisor', '/console/import');
  const body = new FormData();
  body.append('form-token', String(fieldsIn(start.html, '/console/import')['form-token']));
  body.append('file', new File([spoiled], 'week.csv', { type: 'text/csv' }));
  const headers = { origin: host.url, 'sec-fetch-site': 'same-origin' };

  const rows = await sergeant.ask('/console/import', { method: 'POST', body, headers });
  expect(rows.html).toContain('Ready to import: 92 new');
  expect(rows.html).toContain('3 of 95 rows are broken');
  const address = rows.url.pathname;
  /** As a browser does: the page refreshes itself until all rows are done. */
  const onceDone = async (page: typeof rows): Promise<typeof rows> =>
    page.headers.get('refresh') ? onceDone(await sergeant.get(address)) : page;

  const row = await sergeant.get(`${address}/rows/40`);
  expect(row.html).toContain('The file says: fancy-dress');
  const fields = { ...fieldsIn(row.html, '/console/import'), kind: 'talk' };
  const repaired = await sergeant.submit(row, `${address}/rows/40`, fields);
  expect(repaired.html).toContain('Ready to import: 93 new');

  const asked = await sergeant.get(`${address}/confirm`);
  expect(asked.html).toContain('Import 93 events');
  const imported = await onceDone(await sergeant.submit(asked, `${address}/confirm`));
  expect(imported.html).toContain('Imported: 93 new');
  const event = /href="\/console\/events\/([0-9a-f]+)"/.exec(imported.html)?.[1];
  expect((await host.get(`/events/${event}`)).status).toBe(200);
  await host.settled();
  const subjects = (await ann.notices()).map(({ subject }) => subject?.replace(/\d+/g, '#')).sort();
  expect(subjects, 'one for each district').toEqual([
    '# new police events in Basildon',
    '# new police events in Harlow',
    '# new police events in Southend-on-Sea',
  ]);

  const broken = await sergeant.get(`${address}/broken.csv`);
  expect(broken.headers.get('content-disposition')).toContain('broken-rows.csv');
  expect(broken.html.trim().split('\r\n')).toHaveLength(3);
  expect(broken.html).toContain('start is a day that no calendar has');

  const undo = await sergeant.get(`${address}/undo`);
  const undone = await onceDone(await sergeant.submit(undo, `${address}/undo`));
  expect(undone.html).toContain('1 draft was removed');
  expect(undone.html).toContain('92 events were kept');
  expect((await host.get(`/events/${event}`)).status, 'what is published stays').toBe(200);
}, 60_000);
