import { beforeEach, describe, expect, test } from 'vitest';
import { cancelled, completed } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { csv } from '../../../shared/reports/csv.ts';
import { dashboardOf } from '../../../shared/reports/dashboard.ts';
import { dashboardRows } from '../../../shared/reports/dashboard-rows.ts';
import { anEvent } from '../../support/an-event.ts';
import { countEvent } from '../../support/count-event.ts';
import { essex } from '../../support/essex.ts';
import { fakeCounterStore } from '../../support/fakes/counter-store.ts';

const now = new Date('2027-03-15T12:00:00Z');
let counters: ReturnType<typeof fakeCounterStore>;
beforeEach(() => {
  counters = fakeCounterStore();
});

let places = 0;
const count = (event: Event) => countEvent(counters, event, now, `${places++}`);
const on = (day: string, members: Record<string, unknown> = {}) =>
  anEvent({ start: `${day}T10:00`, end: `${day}T12:00`, ...members });
const all = essex.districts.map(({ id }) => id);
const dashboard = (districts = all, from = '2027-01', to = '2027-06') =>
  dashboardOf({ from, to, districts }, { counters, force: essex, now });
const row = <Row extends { id: string }>(rows: Row[], id: string) => rows.find((one) => one.id === id);

describe('the dashboard', () => {
  test('counts by month, district, kind and campaign, and an event of two districts once in all', async () => {
    await count(on('2027-01-30', { campaign: 'npw-2027' }));
    await count(on('2027-02-03', { districts: ['southend', 'rochford'], kind: 'talk' }));
    await count(completed(on('2027-02-04', { districts: ['harlow'], team: 'harlow-cpt' }), 120, now));
    await count(cancelled(on('2027-02-05'), 'flood', now));
    const { total, byMonth, byDistrict, byKind, byCampaign } = await dashboard();
    expect(total).toMatchObject({ times: 3, cancelled: 1, attendance: 120, counted: 1 });
    expect(byMonth.map(({ id, times }) => `${id} ${times}`).slice(0, 3)).toEqual([
      '2027-01 1',
      '2027-02 2',
      '2027-03 0',
    ]);
    expect(row(byDistrict, 'southend')).toMatchObject({ times: 2, cancelled: 1 });
    expect(row(byDistrict, 'rochford')).toMatchObject({ name: 'Rochford', times: 1 });
    expect(row(byKind, 'talk')).toEqual({ id: 'talk', name: 'Talk', times: 1 });
    expect(row(byCampaign, 'npw-2027')).toMatchObject({ times: 1 });
    expect((await dashboard(['southend', 'rochford'])).total.times).toBe(2);
  });

  test('says how much notice was given', async () => {
    await count(on('2027-01-05'));
    await count(on('2027-01-30'));
    await count(on('2027-02-08'));
    const { notice } = await dashboard();
    expect(notice.spans.map(({ from, events }) => `${from}: ${events}`)).toEqual([
      '0: 1',
      '2: 0',
      '7: 0',
      '14: 1',
      '28: 1',
    ]);
    expect(notice.averageDays).toBeCloseTo((1 + 26 + 35) / 3);
    expect((await dashboard(['harlow'])).notice.averageDays).toBeUndefined();
  });

  test('names districts and teams with nothing in the last or the next 30 days', async () => {
    await count(on('2027-02-13'));
    await count(on('2027-04-14', { districts: ['harlow'], team: 'harlow-cpt' }));
    await count(on('2027-02-12', { districts: ['basildon'], team: 'basildon-cpt' }));
    await count(cancelled(on('2027-03-20', { districts: ['basildon'], team: 'basildon-cpt' }), 'flood', now));
    const { quiet } = await dashboard(['southend', 'harlow', 'basildon']);
    expect(quiet.districts).toEqual([
      { id: 'southend', name: 'Southend-on-Sea', isQuietBefore: false, isQuietAhead: true },
      { id: 'harlow', name: 'Harlow', isQuietBefore: true, isQuietAhead: false },
      { id: 'basildon', name: 'Basildon', isQuietBefore: true, isQuietAhead: true },
    ]);
    expect(row(quiet.teams, 'harlow-cpt')).toMatchObject({ isQuietBefore: true, isQuietAhead: false });
    await count(on('2027-03-15', { recurrence: { rrule: 'FREQ=WEEKLY' } }));
    expect(row((await dashboard()).quiet.districts, 'southend')).toBeUndefined();
  });

  test('counts beat meetings by quarter, district and team', async () => {
    await count(
      on('2027-01-30', { kind: 'community-meeting', recurrence: { rrule: 'FREQ=MONTHLY;COUNT=4' } }),
    );
    const { meetings } = await dashboard();
    expect(meetings.quarters).toEqual(['2027-Q1', '2027-Q2']);
    // There is no 30th of February.
    expect(row(meetings.byDistrict, 'southend')?.counts).toEqual([2, 2]);
    expect(row(meetings.byTeam, 'southend-cpt')?.counts).toEqual([2, 2]);
  });

  test('says who subscribed at the end of each month, back from who is there now', async () => {
    counters.set('ACTIVE', 'SUBSCRIPTIONS#3', {
      '*#email#active': 90,
      '*#sms#active': 5,
      'southend#email#active': 40,
    });
    counters.set('ACTIVE', 'SUBSCRIPTIONS#4', { '*#email#active': 10, 'southend#email#active': 2 });
    counters.set('2027-03', 'SUBSCRIPTIONS#3', {
      '*#email#joined': 12,
      '*#email#left': 2,
      'southend#email#joined': 1,
    });
    counters.set('2027-02', 'SUBSCRIPTIONS#4', { '*#email#joined': 30 });
    counters.set('2027-02', 'NOTICES#southend', { email: 400, sms: 3 });
    const { byMonth, byDistrict, total } = await dashboard();
    expect(byMonth.map(({ active }) => active?.email)).toEqual([
      60,
      90,
      100,
      undefined,
      undefined,
      undefined,
    ]);
    expect(byMonth[2]).toMatchObject({ joined: { email: 12, sms: 0 }, left: { email: 2, sms: 0 } });
    expect(row(byDistrict, 'southend')).toMatchObject({
      active: { email: 42, sms: 0 },
      notices: { email: 400, sms: 3 },
    });
    expect(total.notices).toEqual({ email: 400, sms: 3 });
    expect((await dashboard(['southend'])).byMonth[1]?.active).toEqual({ email: 41, sms: 0 });
  });

  test('asks once for each month and for who is there, whatever there is to count', async () => {
    for (let place = 0; place < 2000; place++)
      await count(
        on(`2027-0${1 + (place % 6)}-1${place % 9}`, { districts: [all[place % all.length] ?? 'southend'] }),
      );
    counters.asked.splice(0);
    expect((await dashboard()).total.times).toBe(2000);
    expect(counters.asked.sort()).toEqual([
      '2027-01',
      '2027-02',
      '2027-03',
      '2027-04',
      '2027-05',
      '2027-06',
      'ACTIVE',
    ]);
    expect(counters.rows.size).toBeLessThanOrEqual(6 * all.length);
  });

  test('is a table with a row for each thing counted', async () => {
    await count(on('2027-01-30'));
    const text = csv(dashboardRows(await dashboard(['southend'])));
    expect(text).toContain('month,2027-01,January 2027,1,0,0,0,0,0,0,0,0,0,0,0,0\r\n');
    expect(text).toContain('beat meetings by team 2027-Q1,southend-cpt,');
    expect(text).toContain(
      'district with nothing in the last and in the next 30 days,southend,Southend-on-Sea\r\n',
    );
  });
});
