import { completed } from '../../../../shared/events/edit-event.ts';
import { anEvent } from '../../../support/an-event.ts';
import { countEvent } from '../../../support/count-event.ts';
import { essex } from '../../../support/essex.ts';
import { type Desk, type Looked, press } from '../opened.ts';
import { someConsole } from '../some-console.ts';

const now = new Date('2027-02-15T12:00:00Z');

/** A console with a year behind it. */
export async function countedDesk(): Promise<Desk> {
  const desk = someConsole({ now: now.toISOString() });
  await desk.given(
    anEvent(),
    anEvent({ title: 'W'.repeat(80) }, 'long'),
    completed({ ...anEvent(), id: 'over' }, 120, now),
  );
  for (let place = 0; place < 300; place++) await count(desk, place);
  desk.counters.set('2027-01', 'NOTICES#southend', { email: 12_340, sms: 210 });
  desk.counters.set('2027-02', 'NOTICES#harlow', { email: 2_300, sms: 90 });
  desk.counters.set('ACTIVE', 'SUBSCRIPTIONS#1', { '*#email#active': 5_400, '*#sms#active': 800 });
  desk.counters.set('2026-11', 'SUBSCRIPTIONS#1', { '*#email#joined': 2_000, '*#sms#joined': 300 });
  desk.counters.set('2027-01', 'SUBSCRIPTIONS#1', { '*#email#joined': 900, '*#email#left': 40 });
  return desk;
}

/** Events over a year, in every district but the last. */
const count = (desk: Desk, place: number) => {
  const month = String(1 + (place % 12)).padStart(2, '0');
  const start = `${Number(month) < 6 ? 2027 : 2026}-${month}-1${place % 9}`;
  const districts = [essex.districts[place % 13]?.id ?? 'southend'];
  const kind = ['talk', 'open-day', 'community-meeting', 'patrol'][place % 4];
  const event = anEvent({ start: `${start}T10:00`, end: `${start}T11:00`, districts, kind });
  const state = { ...event, attendance: place % 3 ? undefined : 20 };
  const counted = place % 17 ? state : { ...state, status: 'cancelled' as const };
  return countEvent(desk.counters, counted, now, `${place}`);
};

/** What came of events, who did what, and the officer's own calendar. */
export async function reportPages(): Promise<Looked> {
  return {
    desk: await countedDesk(),
    by: [
      [
        'supervisor',
        {
          dashboard: { address: '/console/dashboard' },
          'dashboard-fault': { address: '/console/dashboard?from=2027-03&to=2027-01' },
          audit: { address: '/console/audit' },
          'audit-none': { address: '/console/audit?month=2026-01' },
          'audit-of-one': { address: '/console/audit?event=open-day' },
          outcome: { address: '/console/events/long/outcome' },
          'outcome-fault': {
            address: '/console/events/long/outcome',
            act: async (page) => {
              await page.getByLabel('How many people came?').fill('lots');
              await press(page, 'Save');
            },
          },
          'outcome-over': { address: '/console/events/over/outcome' },
          calendar: { address: '/console/calendar' },
          'calendar-made': { address: '/console/calendar', act: (page) => press(page, 'Make an address') },
          'calendar-again': { address: '/console/calendar' },
        },
      ],
      ['southend', { 'dashboard-of-one': { address: '/console/dashboard' } }],
    ],
  };
}
