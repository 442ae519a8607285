import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { anEvent } from '../../support/an-event.ts';
import { someConsole } from './some-console.ts';

const evil = '=<script>alert(1)</script>';
let desk: ReturnType<typeof someConsole>;
let southend: Awaited<ReturnType<typeof desk.as>>;
let supervisor: Awaited<ReturnType<typeof desk.as>>;
beforeEach(async () => {
  desk = someConsole({ now: '2027-02-01T12:00:00Z' });
  [southend, supervisor] = await Promise.all([desk.as('southend'), desk.as('supervisor')]);
});

describe('the dashboard', () => {
  beforeEach(() => {
    desk.counters.set('2027-01', 'EVENTS#southend', {
      times: 7,
      attendance: 120,
      counted: 2,
      'kind#talk': 7,
      'day#20#southend-cpt': 7,
      'meeting#southend-cpt': 3,
      'kind#community-meeting': 3,
    });
    desk.counters.set('2027-01', 'EVENTS#basildon', { times: 5 });
    desk.counters.set('2027-01', 'NOTICES#southend', { email: 1234, sms: 20 });
    desk.counters.set('ACTIVE', 'SUBSCRIPTIONS#1', { 'southend#email#active': 400, '*#email#active': 900 });
  });

  test('shows the own districts, each drawing with its figures in a table', async () => {
    const { status, html, words } = await southend.get('/console/dashboard');
    expect(status).toBe(200);
    expect(words).toContain('March 2026 to February 2027: Southend-on-Sea');
    expect(words).toMatch(/January 2027 7 0 0 February 2027 0 0 0/);
    expect(words).toMatch(/January 2027 1,234 20/);
    expect(words).toContain('February 2027 400 0 0 0');
    expect(words).not.toContain('Basildon');
    const drawings = html.match(/<svg class="chart"[\s\S]*?<\/svg>/g) ?? [];
    expect(drawings.length).toBeGreaterThan(7);
    expect(
      html.match(/<section class="measure"[\s\S]*?<\/section>/g)?.every((one) => one.includes('<table')),
    ).toBe(true);
    expect(drawings.join('')).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('names who had nothing lately, or has nothing to come', async () => {
    const { words } = await southend.get('/console/dashboard');
    expect(words).toContain('Where nothing is on Districts Southend-on-Sea: nothing in the next 30 days');
    expect((await supervisor.get('/console/dashboard')).words).toContain(
      'Harlow: nothing in the last or the next 30 days',
    );
  });

  test('is of the months and the district that are chosen', async () => {
    const { words, html } = await supervisor.get(
      '/console/dashboard?from=2027-01&to=2027-03&district=basildon',
    );
    expect(words).toContain('January 2027 to March 2027: Basildon');
    expect(html).toContain('/console/dashboard.csv?from=2027-01&amp;to=2027-03&amp;district=basildon');
  });

  test('of another district is refused, and months that make no span are said to be at fault', async () => {
    expect((await southend.get('/console/dashboard?district=basildon')).status).toBe(403);
    expect((await southend.get('/console/dashboard.csv?district=basildon')).status).toBe(403);
    const wrong = await southend.get('/console/dashboard?from=2027-03&to=2027-01');
    expect(wrong.status).toBe(422);
    expect(wrong.words).toContain('Choose a first and a last month');
  });

  test('is a spreadsheet to take along', async () => {
    const file = await southend.get('/console/dashboard.csv?from=2027-01&to=2027-01&district=');
    expect(file.headers).toMatchObject({
      'content-disposition': 'attachment; filename="dashboard-2027-01-2027-01.csv"',
    });
    expect(file.html).toContain('month,2027-01,January 2027,7,0,0,120,2,1234,20');
  });
});

describe('the audit', () => {
  test('shows supervisors who did what, per month, officer and event', async () => {
    await desk.given(anEvent({ title: evil, description: evil }));
    const page = await supervisor.get('/console/audit');
    expect(page.status).toBe(200);
    expect(page.words).toContain('Made An officer');
    expect(page.html).not.toContain('<script>alert');
    expect((await supervisor.get('/console/audit?officer=o')).words).toContain('Made');
    expect((await supervisor.get('/console/audit?officer=nobody')).words).toContain(
      'Nothing was done in February 2027',
    );
    expect((await supervisor.get('/console/audit?event=open-day')).words).toContain('Made');
    expect((await supervisor.get('/console/audit?event=no-such')).status).toBe(404);
    expect((await supervisor.get('/console/audit?month=soon&after=%00')).status).toBe(200);
  });

  test('goes back page by page', async () => {
    for (let place = 0; place < 55; place++)
      await desk.given(anEvent({}, `event-${String(place).padStart(2, '0')}`));
    const first = await supervisor.get('/console/audit');
    const older = /href="([^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(first.html.match(/Made/g)).toHaveLength(50);
    expect((await supervisor.get(older)).html.match(/Made/g)).toHaveLength(5);
  });

  test('is a spreadsheet in which no cell is a formula', async () => {
    await desk.given(anEvent({ title: '=1+1', summary: '+1', description: '@SUM(A1)', venue: undefined }));
    const { html, headers } = await supervisor.get('/console/audit.csv?month=2027-02');
    expect(headers['content-disposition']).toBe('attachment; filename="audit-2027-02.csv"');
    expect(html).toContain("'=1+1");
    const cells: string[] = parse(html).flat();
    expect(cells.filter((cell) => /^\s*[=+\-@\uff1d]/.test(cell))).toEqual([]);
  });

  test('is not for officers, whatever address they guess', async () => {
    await desk.given(anEvent());
    for (const address of ['/console/audit', '/console/audit.csv', '/console/audit?event=open-day'])
      expect((await southend.get(address)).status).toBe(403);
    expect((await southend.get('/console')).html).not.toContain('/console/audit');
    desk.people.set('supervisor', {
      sub: 'sub-supervisor',
      name: 'x',
      groups: ['officer', 'district:southend'],
    });
    desk.clock.now = new Date('2027-02-01T12:10:00Z');
    expect((await supervisor.get('/console/audit')).status).not.toBe(200);
  });
});

describe('after an event', () => {
  const address = '/console/events/open-day/outcome';
  const said = {
    attendance: '120',
    notes: 'No leaflets left',
    raised: evil,
    did: 'We check cars',
    version: '2',
  };
  beforeEach(() => desk.given(anEvent()));

  test('an officer says how many came, what they raised and what was done, on one page', async () => {
    expect((await southend.get('/console/events/open-day')).html).toContain(address);
    const form = await southend.get(address);
    expect(form.words).toContain('How many people came?');
    expect(await southend.post(address, said)).toMatchObject({
      status: 303,
      location: '/console/events/open-day',
    });
    expect(await desk.events.get('open-day')).toMatchObject({
      status: 'completed',
      attendance: 120,
      outcome: { raised: evil, did: 'We check cars', isPublished: false },
    });
    const again = await southend.get(address);
    expect(again.words).toContain('120 people came');
    expect(again.html).not.toContain('<script>alert');
    await southend.post(address, { ...said, version: '4', publish: 'yes' });
    expect((await desk.events.get('open-day'))?.outcome?.isPublished).toBe(true);
    expect((await desk.events.history('open-day')).map(({ action }) => action)).toEqual([
      'outcome',
      'outcome',
      'complete',
      'create',
    ]);
  });

  test('without how many came it stays open, and the same said again changes nothing', async () => {
    await southend.post(address, { ...said, attendance: '' });
    await southend.post(address, { ...said, attendance: '', version: '3' });
    expect(await desk.events.get('open-day')).toMatchObject({ status: 'published', version: 3 });
  });

  test('what cannot be taken is said beside its field, with all that was typed', async () => {
    const answer = await southend.post(address, { ...said, attendance: 'lots', did: 'x'.repeat(2001) });
    expect(answer.status).toBe(422);
    expect(answer.words).toContain('Enter how many people came as a whole number');
    expect(answer.html).toContain('value="lots"');
    expect(answer.words).toContain('What you did must be 2,000 characters or fewer');
    expect((await desk.events.get('open-day'))?.version).toBe(2);
  });

  test('it is refused to other districts, before the start, and of an event that changed meanwhile', async () => {
    const basildon = await desk.as('basildon');
    expect((await basildon.get(address)).status).toBe(403);
    expect((await basildon.post(address, said)).status).toBe(403);
    expect((await southend.post(address, { ...said, version: '1' })).status).toBe(412);
    desk.clock.now = new Date('2027-01-30T09:00:00Z');
    southend = await desk.as('southend');
    expect((await southend.get(address)).status).toBe(409);
    expect((await southend.get('/console/events/open-day')).html).not.toContain(address);
  });
});

describe('the private calendar', () => {
  test('has an address that is shown once, and a new one when asked', async () => {
    expect((await southend.get('/console/calendar')).words).toContain('Make an address for it');
    const address = (html: string) => /https:\/\/[^"]*\/calendars\/private\/[\w.-]+\.ics/.exec(html)?.[0];
    const made = await southend.post('/console/calendar');
    expect(made.status).toBe(200);
    expect(made.headers['cache-control']).toContain('no-store');
    expect(address(made.html)).toBeDefined();
    const later = await southend.get('/console/calendar');
    expect(later.html).not.toContain('/calendars/private/');
    expect(later.words).toContain('made on Monday 1 February 2027, midday. It is not shown again');
    const again = await southend.post('/console/calendar');
    expect(address(again.html)).not.toBe(address(made.html));
  });
});
