import { describe, expect, it, test } from 'vitest';
import { type Clash, clashesOf } from '../../../shared/events/clashes.ts';
import { edit } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { findClashes } from '../../../shared/events/find-clashes.ts';
import { anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';

const station = {
  name: 'Southend Police Station',
  postcode: 'SS2 6ES',
  latitude: 51.5433,
  longitude: 0.7116,
};
const mine = (members: object = {}) =>
  anEvent({ start: '2027-02-02T10:00', end: '2027-02-02T12:00', venue: station, ...members }, 'mine');
/** Of another team, elsewhere, at the same time. */
const other = (members: object = {}, id = 'other') =>
  anEvent(
    {
      title: 'Coffee with a copper',
      districts: ['castle-point'],
      team: 'castle-point-rochford-cpt',
      start: '2027-02-02T11:00',
      end: '2027-02-02T13:00',
      venue: { name: 'Hadleigh Library' },
      ...members,
    },
    id,
  );
const clashes = (event: Event, ...others: Event[]) =>
  clashesOf(event, others, {
    from: new Date('2027-01-01'),
    to: new Date('2027-12-31'),
    teamName: (team) => essex.team.get(team)?.name ?? team,
    districtName: (district) => essex.district.get(district)?.name ?? district,
  });
const told = (all: Clash[]) => all.map(({ kind, text }) => `${kind}: ${text}`);

describe('an officer is warned', () => {
  it('when the team is somewhere else at the same time', () => {
    const busy = other({ team: 'southend-cpt', districts: ['southend'] });
    expect(clashes(mine(), busy)).toEqual([
      {
        kind: 'team',
        eventId: 'other',
        title: 'Coffee with a copper',
        at: '2027-02-02T10:00',
        times: 1,
        text: `${essex.team.get('southend-cpt')?.name} is also at “Coffee with a copper” on Tuesday 2 February 2027, 11am to 1pm.`,
      },
    ]);
  });

  it.each([
    ['by its name and postcode', { name: 'Southend police station', postcode: 'ss26es' }],
    ['by its name', { name: 'Southend Police Station.' }],
    ['by its coordinates', { name: 'The old nick', latitude: 51.5434, longitude: 0.7117 }],
  ])('when something else is at the same place, known %s', (_how, venue) => {
    expect(told(clashes(mine(), other({ venue })))).toEqual([
      'venue: “Coffee with a copper” is at the same place on Tuesday 2 February 2027, 11am to 1pm.',
    ]);
  });

  it('when another district has something nearby', () => {
    const venue = { name: 'The bandstand', latitude: 51.5433, longitude: 0.7346 };
    expect(told(clashes(mine(), other({ venue })))).toEqual([
      'nearby: “Coffee with a copper” in Castle Point is 1.0 miles away on Tuesday 2 February 2027, 11am to 1pm.',
    ]);
    expect(clashes(mine(), other({ venue, districts: ['southend', 'castle-point'] }))).toEqual([]);
    expect(clashes(mine(), other({ venue: { ...venue, longitude: 0.7416 } }))).toEqual([]);
  });

  it('of bank holidays, on any day that it touches', () => {
    const easter = mine({ start: '2027-03-26', end: '2027-03-30', allDay: true });
    expect(told(clashes(easter))).toEqual([
      'bank-holiday: Friday 26 March 2027 is a bank holiday: Good Friday.',
      'bank-holiday: Monday 29 March 2027 is a bank holiday: Easter Monday.',
    ]);
    const night = mine({ start: '2027-03-25T22:00', end: '2027-03-26T00:00' });
    expect(clashes(night)).toEqual([]);
  });
});

describe('an officer is not warned', () => {
  test.each<[string, Event, Event]>([
    [
      'of what ends when this begins',
      mine(),
      other({ venue: station, start: '2027-02-02T09:00', end: '2027-02-02T10:00' }),
    ],
    ['of what is called off', mine(), { ...other({ venue: station }), status: 'cancelled' }],
    ['of what has nothing in common but the time', mine(), other()],
    ['of places that have no name in common', mine({ venue: undefined }), other({ venue: undefined })],
    ['of itself', mine(), { ...other({ venue: station }), id: 'mine' }],
  ])('%s', (_what, event, another) => {
    expect(clashes(event, another)).toEqual([]);
  });
});

describe('of two series', () => {
  const weekly = (rrule: string) => ({ recurrence: { rrule } });

  it('each meeting is counted, and the first one named', () => {
    const ours = mine(weekly('FREQ=WEEKLY;COUNT=8'));
    const theirs = other({ venue: station, ...weekly('FREQ=WEEKLY;INTERVAL=2;COUNT=3') });
    expect(clashes(ours, theirs)).toMatchObject([
      {
        kind: 'venue',
        at: '2027-02-02T10:00',
        times: 3,
        text: expect.stringMatching(/2 more times after that\.$/),
      },
    ]);
  });

  it('only the times that take place meet, where they take place', () => {
    const moved = (members: object) => ({
      recurrence: {
        rrule: 'FREQ=WEEKLY;COUNT=3',
        overrides: [{ recurrenceId: '2027-02-09T10:00', ...members }],
      },
    });
    const theirs = other({ venue: station, start: '2027-02-09T10:00', end: '2027-02-09T11:00' });
    expect(clashes(mine(moved({})), theirs)).toHaveLength(1);
    expect(clashes(mine(moved({ status: 'cancelled' })), theirs)).toEqual([]);
    expect(clashes(mine(moved({ start: '2027-02-10T10:00' })), theirs)).toEqual([]);
    expect(clashes(mine(moved({ venue: { name: 'The pier' } })), theirs)).toEqual([]);
    const pier = other({ venue: { name: 'The pier' }, start: '2027-02-09T10:00', end: '2027-02-09T11:00' });
    expect(clashes(mine(moved({ venue: { name: 'The pier' } })), pier)).toMatchObject([
      { at: '2027-02-09T10:00' },
    ]);
  });
});

describe('clashes are found in the list of the force', () => {
  const now = new Date('2027-01-04T10:00Z');
  async function stored(...events: Event[]) {
    const store = fakeEventStore();
    const options = { by: { id: 'o', name: 'O' }, action: 'create' as const, now, newId: () => 'c' };
    for (const event of events) await store.save(edit(undefined, event, options));
    return { events: store, force: essex, now: () => now };
  }

  it('of an event that is not kept yet, among those the officer may see', async () => {
    const deps = await stored(
      other({ venue: station }),
      other({ venue: station }, 'hidden'),
      other({}, 'far'),
    );
    const found = await findClashes(mine(), ({ id }) => id !== 'hidden', deps);
    expect(found.map(({ kind, eventId }) => `${kind} ${eventId}`)).toEqual(['venue other']);
  });

  it('of a series for half a year, bank holidays of the force among them', async () => {
    const late = other({ venue: station, start: '2027-08-24T10:00', end: '2027-08-24T11:00' }, 'late');
    const soon = other({ venue: station, start: '2027-06-01T11:30', end: '2027-06-01T13:00' }, 'soon');
    const deps = await stored(late, soon);
    const bankHolidays = { added: [{ date: '2027-05-04', name: 'Coronation' }], withdrawn: [] };
    const weekly = mine({ recurrence: { rrule: 'FREQ=WEEKLY;COUNT=52' } });
    const found = await findClashes(weekly, () => true, { ...deps, force: { ...essex, bankHolidays } });
    expect(found.map(({ kind, at, title }) => `${kind} ${at} ${title}`)).toEqual([
      'bank-holiday 2027-05-04T10:00 Coronation',
      'venue 2027-06-01T10:00 Coffee with a copper',
    ]);
  });

  it('of nothing, where it is over', async () => {
    const deps = await stored(other({ venue: station }));
    const past = { ...deps, now: () => new Date('2027-03-01') };
    expect(await findClashes(mine(), () => true, past)).toEqual([]);
  });
});
