import { beforeEach, describe, expect, test } from 'vitest';
import { holdOccasions } from '../../../functions/tick/hold-occasions.ts';
import { nextOccasion, occasionsDue } from '../../../functions/tick/occasions-due.ts';
import type { Bulletin } from '../../../shared/bulletins/bulletin.ts';
import { cancelled, edit, postponed } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { Force } from '../../../shared/force/force.ts';
import type { Outgoing } from '../../../shared/runtime/queue.ts';
import { aDraft, anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { succeeding } from '../../support/succeeding.ts';

const due = (now: string) =>
  occasionsDue(new Date(now), essex.timeZone)
    .filter(({ occasion }) => occasion !== 'succession' && occasion !== 'survey')
    .map(({ occasion, date }) => `${occasion} ${date}`);

describe('the hour of', () => {
  test('a reminder is 18:00 on the clocks, also on the days they change, and until 21:00', () => {
    // Tuesday in winter.
    expect(due('2027-01-05T17:59:59.999Z')).toEqual([]);
    expect(due('2027-01-05T18:00:00Z')).toEqual(['reminder 2027-01-05']);
    expect(due('2027-01-05T20:59:00Z')).toEqual(['reminder 2027-01-05']);
    expect(due('2027-01-05T21:00:00Z')).toEqual([]);
    // The Saturday before and the Sunday on which they go forward, then back.
    expect(due('2027-03-27T18:00:00Z')).toEqual(['reminder 2027-03-27']);
    expect(due('2027-03-28T16:59:59Z')).toEqual([]);
    expect(due('2027-03-28T17:00:00Z')).toEqual(['reminder 2027-03-28']);
    expect(due('2027-10-30T17:00:00Z')).toEqual(['reminder 2027-10-30']);
    expect(due('2027-10-31T17:00:00Z')).toEqual([]);
    expect(due('2027-10-31T18:00:00Z')).toEqual(['reminder 2027-10-31']);
  });

  test('a digest is Thursday 17:00 on the clocks, and until the night of Friday', () => {
    expect(due('2027-01-07T16:59:59Z')).toEqual([]);
    expect(due('2027-01-07T17:00:00Z')).toEqual(['digest 2027-01-07']);
    expect(due('2027-01-08T09:00:00Z')).toEqual(['digest 2027-01-07']);
    expect(due('2027-01-08T21:00:00Z')).toEqual([]);
    expect(due('2027-03-25T17:00:00Z')).toEqual(['digest 2027-03-25']);
    expect(due('2027-04-01T15:59:59Z')).toEqual([]);
    expect(due('2027-04-01T16:00:00Z')).toEqual(['digest 2027-04-01']);
    expect(due('2027-10-28T16:00:00Z')).toEqual(['digest 2027-10-28']);
    expect(due('2027-11-04T17:00:00Z')).toEqual(['digest 2027-11-04']);
  });
});

test.each([
  // A Tuesday, and a Thursday.
  ['2027-01-05T00:00:00Z', '2027-01-05T10:00:00Z'],
  ['2027-07-06T08:00:00Z', '2027-07-06T09:00:00Z'],
  ['2027-01-05T10:00:00Z', '2027-01-05T18:00:00Z'],
  ['2027-01-07T10:30:00Z', '2027-01-07T17:00:00Z'],
  ['2027-01-07T17:00:00Z', '2027-01-07T18:00:00Z'],
  ['2027-01-05T18:00:00Z', '2027-01-06T00:00:00Z'],
  // The night in which the clocks go forward.
  ['2027-03-27T23:00:00Z', '2027-03-28T00:00:00Z'],
  ['2027-03-28T16:59:00Z', '2027-03-28T17:00:00Z'],
  ['2027-03-28T17:00:00Z', '2027-03-28T23:00:00Z'],
])('after %s there may be an occasion again at %s', (now, next) => {
  expect(nextOccasion(new Date(now), essex.timeZone)).toEqual(new Date(next));
});

let at: Date;
let events: ReturnType<typeof fakeEventStore>;
let begun: Bulletin[];
let queued: { settle: unknown[]; fanOut: unknown[] };
let held: Map<string, string>;
let failing: number;
let force: Force;

beforeEach(() => {
  events = fakeEventStore();
  begun = [];
  queued = { settle: [], fanOut: [] };
  held = new Map();
  failing = 0;
  force = essex;
});

const hold = (now: string) => {
  at = new Date(now);
  const kept = fakeBulletinStore();
  return holdOccasions({
    events,
    bulletins: {
      ...kept,
      begin: async (bulletin) => {
        if (--failing === 0) throw new Error('the table is away');
        await kept.begin(bulletin);
        if (!begun.some(({ id }) => id === bulletin.id)) begun.push(bulletin);
      },
    },
    occasions: {
      isHeld: async (occasion, date) => (held.get(occasion) ?? '') >= date,
      markHeld: async (occasion, date) => {
        held.set(occasion, date);
      },
    },
    settle: { send: async (all: Outgoing[]) => void queued.settle.push(...all.map(({ body }) => body)) },
    fanOut: { send: async (all: Outgoing[]) => void queued.fanOut.push(...all.map(({ body }) => body)) },
    force,
    now: () => at,
  });
};
async function there(...all: Event[]) {
  for (const event of all)
    await events.save(
      edit(undefined, event, {
        by: { id: 'a', name: 'A' },
        action: 'edit',
        now: new Date('2027-01-01T10:00:00Z'),
        newId: () => 'id',
      }),
    );
}
const told = () =>
  begun.map(({ id, entries }) => [id, ...entries.map(({ eventId, what }) => `${what} ${eventId}`)]);
/** An hour from ten on a day. */
const on = (day: string, id: string, members: Record<string, unknown> = {}, publishedAt?: Date) =>
  anEvent({ start: `${day}T10:00`, end: `${day}T11:00`, ...members }, id, publishedAt);
const now = new Date('2027-01-04T10:00:00Z');

describe('surveys', () => {
  const surveyUrl = 'https://forms.example/1';

  test('are asked about what was over yesterday, by the first of its districts, past the topic', async () => {
    await there(
      on('2027-01-05', 'over', { surveyUrl, districts: ['southend', 'harlow'] }),
      anEvent({ surveyUrl, allDay: true, start: '2027-01-03', end: '2027-01-06' }, 'last-day'),
      anEvent({ surveyUrl, start: '2027-01-05T23:00', end: '2027-01-06T01:00' }, 'past-midnight'),
      on('2027-01-04', 'the-day-before', { surveyUrl }),
      on('2027-01-06', 'today', { surveyUrl }),
      on('2027-01-05', 'without'),
    );
    await hold('2027-01-06T10:00:00Z');
    expect(told()).toEqual([
      ['survey-southend-2027-01-06', 'survey last-day'],
      ['survey-harlow-2027-01-06', 'survey over'],
    ]);
    expect(queued.settle).toEqual([]);
    expect(queued.fanOut).toHaveLength(2);
  });

  test('are asked after an event was completed, never after one that was off or not for the public', async () => {
    const over = (id: string, members = {}) => on('2027-01-05', id, { surveyUrl, ...members });
    await there(
      { ...over('completed'), status: 'completed' },
      cancelled(over('cancelled'), 'Snow', now),
      postponed(over('postponed'), 'Snow', now),
      over('internal', { audience: 'internal' }),
    );
    await hold('2027-01-06T20:00:00Z');
    expect(told()).toEqual([['survey-southend-2027-01-06', 'survey completed']]);
  });

  test('are asked after the last time of a series, once', async () => {
    const recurrence = { rrule: 'FREQ=DAILY;COUNT=3', exceptions: [], overrides: [] };
    await there(on('2027-01-04', 'series', { surveyUrl, recurrence }));
    await hold('2027-01-05T10:00:00Z');
    await hold('2027-01-06T10:00:00Z');
    expect(begun).toEqual([]);
    await hold('2027-01-07T10:00:00Z');
    expect(told()).toEqual([['survey-southend-2027-01-07', 'survey series']]);
    await hold('2027-01-07T11:00:00Z');
    expect(begun).toHaveLength(1);
  });
});

describe('reminders', () => {
  test('name what starts tomorrow, district by district, and go to its topic', async () => {
    await there(
      on('2027-01-05', 'today'),
      on('2027-01-06', 'shared', { districts: ['southend', 'harlow'] }),
      anEvent({ allDay: true, start: '2027-01-06', end: '2027-01-08' }, 'all-day'),
      anEvent({ start: '2027-01-06T23:30', end: '2027-01-07T01:00' }, 'late'),
      on('2027-01-07', 'after'),
    );
    await hold('2027-01-05T18:00:00Z');
    expect(told()).toEqual([
      ['reminder-southend-2027-01-05', 'reminder all-day', 'reminder shared', 'reminder late'],
      ['reminder-harlow-2027-01-05', 'reminder shared'],
    ]);
    expect(queued).toEqual({
      settle: [{ bulletin: 'reminder-southend-2027-01-05' }, { bulletin: 'reminder-harlow-2027-01-05' }],
      fanOut: [],
    });
  });

  test('never name a draft, what is off, what is not public, or what was published after 18:00', async () => {
    const off = on('2027-01-06', 'off');
    const later = on('2027-01-06', 'later');
    await there(
      aDraft({ start: '2027-01-06T10:00', end: '2027-01-06T11:00' }, 'draft'),
      cancelled(off, 'Flood', now),
      postponed(later, 'Flood', now),
      on('2027-01-06', 'school', { kind: 'school-visit' }),
      on('2027-01-06', 'new', {}, new Date('2027-01-05T18:00:01Z')),
    );
    await hold('2027-01-05T18:01:00Z');
    expect(told()).toEqual([]);
  });

  test('come for each time of what repeats, moved and called off ones as they are', async () => {
    await there(
      on('2026-11-04', 'weekly', {
        recurrence: {
          rrule: 'FREQ=WEEKLY',
          exceptions: ['2027-01-13T10:00'],
          overrides: [
            { recurrenceId: '2027-01-20T10:00', status: 'cancelled' },
            { recurrenceId: '2027-01-27T10:00', start: '2027-01-28T18:00', end: '2027-01-28T19:00' },
          ],
        },
      }),
    );
    for (const day of ['05', '12', '19', '26', '27']) await hold(`2027-01-${day}T18:00:00Z`);
    expect(begun.map(({ id, entries }) => [id, entries[0]?.startsAt])).toEqual([
      ['reminder-southend-2027-01-05', '2027-01-06T10:00:00.000Z'],
      ['reminder-southend-2027-01-27', '2027-01-28T18:00:00.000Z'],
    ]);
  });

  test('are made once a day, and a tick that died is finished by the next', async () => {
    await there(on('2027-01-06', 'a', { districts: ['southend', 'harlow', 'maldon'] }));
    failing = 2;
    await expect(hold('2027-01-05T18:00:00Z')).rejects.toThrow('away');
    await hold('2027-01-05T18:01:00Z');
    await hold('2027-01-05T18:02:00Z');
    expect(begun.map(({ district }) => district)).toEqual(['southend', 'harlow', 'maldon']);
    expect(new Set(queued.settle.map((body) => JSON.stringify(body))).size).toBe(3);
    expect(queued.settle).toHaveLength(4);
  });
});

describe('a digest', () => {
  test('names the seven days from Friday, and what is further ahead and new since the last', async () => {
    await there(
      on('2027-01-07', 'today'),
      on('2027-01-08', 'friday'),
      on('2027-01-14', 'thursday', {}, new Date('2027-01-06T10:00:00Z')),
      on('2027-01-15', 'known', {}, new Date('2026-12-31T16:59:59Z')),
      on('2027-01-15', 'new', {}, new Date('2026-12-31T17:00:01Z')),
      on('2027-01-15', 'next week’s', {}, new Date('2027-01-07T17:00:01Z')),
    );
    await hold('2027-01-07T17:00:30Z');
    expect(told()).toEqual([
      ['digest-southend-2027-01-07', 'upcoming friday', 'upcoming thursday', 'published new'],
    ]);
    expect(queued).toEqual({ settle: [], fanOut: [{ version: 1, bulletin: 'digest-southend-2027-01-07' }] });
  });

  test('with nothing in it is not made', async () => {
    await there(on('2027-03-08', 'far', {}, new Date('2026-12-01T10:00:00Z')));
    await hold('2027-01-07T17:00:00Z');
    expect(begun).toEqual([]);
    expect(held.get('digest')).toBe('2027-01-07');
  });
});

test('a district that ended gives way to its successor, looked through again for a fortnight', async () => {
  force = succeeding;
  await hold('2028-03-31T22:30:00Z');
  expect(told()).toEqual([]);
  await hold('2028-03-31T23:00:00Z');
  await hold('2028-03-31T23:01:00Z');
  expect(told()).toEqual([['succession-castle-point-2028-04-01'], ['succession-rochford-2028-04-01']]);
  await hold('2028-04-14T10:00:00Z');
  await hold('2028-04-15T10:00:00Z');
  expect(told().slice(2)).toEqual([
    ['succession-castle-point-2028-04-14'],
    ['succession-rochford-2028-04-14'],
  ]);
});
