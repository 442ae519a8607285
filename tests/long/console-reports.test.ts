import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleAt } from '../support/console.ts';
import { eventsOf } from '../support/feed.ts';
import { type RunningHost, startHost } from '../support/host.ts';
import { officerAt } from '../support/officer.ts';

let host: RunningHost;
beforeAll(async () => {
  host = await startHost({ settings: { SETTLE_SECONDS: '1' }, now: new Date('2027-01-20T12:00:00Z') });
}, 120_000);
afterAll(() => host?.stop());

test('after an event a sergeant says what came of it; residents read it, the dashboard has it, a supervisor sees who did it', async () => {
  const southend = officerAt(host.url, await host.token('southend-officer'));
  const event = await southend.publish({ title: '=Coffee with a copper' });
  await host.moveClock({ now: '2027-01-31T12:00:00Z' });
  const sergeant = consoleAt(host.url);
  const page = await sergeant.signIn('southend-officer', `/console/events/${event.id}`);
  expect(page.html).toContain('After the event');
  const address = `/console/events/${event.id}/outcome`;
  const done = await sergeant.submit(await sergeant.get(address), address, {
    attendance: '120',
    raised: 'Cars race along the seafront.',
    did: 'We check cars there each Friday.',
    publish: 'yes',
  });
  expect(done.url.pathname).toBe(`/console/events/${event.id}`);
  const residents = await (await fetch(`${host.url}/events/${event.id}`)).text();
  expect(residents).toMatch(/You said[\s\S]*Cars race along the seafront\.[\s\S]*We did[\s\S]*each Friday/);

  await host.idle();
  const dashboard = await sergeant.get('/console/dashboard?from=2027-01&to=2027-02');
  expect(dashboard.status).toBe(200);
  expect(dashboard.html).toMatch(/<dt>Events<\/dt><dd>1<\/dd>/);
  expect(dashboard.html).toMatch(/<dt>People who came<\/dt><dd>120<\/dd>/);
  expect(dashboard.html).toContain('<svg class="chart"');

  const supervisor = consoleAt(host.url);
  const audit = await supervisor.signIn('supervisor', `/console/audit?event=${event.id}`);
  expect(audit.html.match(/<td[^>]*>(Made|Published|Completed|What came of it was written)/g)).toHaveLength(
    4,
  );
  expect(audit.html).toContain('Sam Southend');
  const file = await supervisor.get('/console/audit.csv?month=2027-01');
  const rows: Record<string, string>[] = parse(file.html, { columns: true });
  expect(
    rows.filter(({ action }) => action === 'complete').map(({ member, after }) => `${member} ${after}`),
  ).toEqual(['status completed', 'attendance 120']);
  expect(new Set(rows.map(({ title }) => title))).toEqual(new Set(["'=Coffee with a copper"]));
  expect((await sergeant.get('/console/audit')).status).toBe(403);
});

test('an officer has a calendar of the own whose address is shown once, and replaces it', async () => {
  const southend = officerAt(host.url, await host.token('southend-officer'));
  await southend.draft({ title: 'Not yet', start: '2027-02-20T10:00', end: '2027-02-20T11:00' });
  const sergeant = consoleAt(host.url);
  const page = await sergeant.signIn('southend-officer', '/console/calendar');
  const addressIn = (html: string) =>
    /https?:\/\/[^"]*\/calendars\/private\/[\w.-]+\.ics/.exec(html)?.[0] ?? '';
  const first = addressIn((await sergeant.submit(page, '/console/calendar')).html);
  expect(eventsOf(await (await fetch(first)).text()).map(({ summary }) => summary)).toContain(
    'DRAFT: Not yet',
  );
  const later = await sergeant.get('/console/calendar');
  expect(addressIn(later.html)).toBe('');
  const second = addressIn((await sergeant.submit(later, '/console/calendar')).html);
  expect([(await fetch(first)).status, (await fetch(second)).status]).toEqual([404, 200]);
});
