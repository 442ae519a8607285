import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { count } from '../../../functions/count/count.ts';
import { cancelled, completed } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { CountMessage } from '../../../shared/reports/count-message.ts';
import type { CountState } from '../../../shared/reports/count-state-store.ts';
import { type CounterStore, counterStore } from '../../../shared/reports/counter-store.ts';
import type { Counts } from '../../../shared/reports/counts.ts';
import { eventCounts } from '../../../shared/reports/event-counts.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { shardOf } from '../../../shared/subscriptions/subscription-keys.ts';
import { anEvent } from '../../support/an-event.ts';
import { anyLife } from '../../support/any-life.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { essex } from '../../support/essex.ts';
import { fakeCounterStore } from '../../support/fakes/counter-store.ts';
import { queueRecord } from '../../support/queue-record.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

let now: Date;
let run = 0;

const among = <T>(all: Map<string, T>, ids: string[]) => new Map([...all].filter(([id]) => ids.includes(id)));

/** What there is to count, and the counting of it. */
function newWorld(counters: CounterStore) {
  const events = new Map<string, Event>();
  const subscriptions = new Map<string, Subscription>();
  const bulletins = new Map<string, { at: string; district: string; email: number; sms: number }>();
  const queue: CountMessage[] = [];
  let state: CountState = {};
  const handler = count({
    counters,
    events: {
      getAll: async (ids) => among(events, ids),
      list: async ({ cursor, limit }) => {
        const ids = [...events.keys()].sort().filter((id) => id > (cursor ?? ''));
        const items = ids.slice(0, limit).map((id) => events.get(id) as Event);
        return ids.length > items.length ? { items, cursor: items.at(-1)?.id } : { items };
      },
    },
    bulletins: {
      sentOf: async (id) => bulletins.get(id),
      toldSince: async (district) =>
        [...bulletins].filter(([, one]) => one.district === district).map(([id]) => id),
    },
    subscribers: {
      findAll: async (ids) => among(subscriptions, ids),
      subscribersOf: async (district, shard) => ({
        items: [...subscriptions.values()].filter(
          ({ id, districts, status }) =>
            status === 'active' && shardOf(id) === shard && districts.includes(district),
        ),
        after: undefined,
      }),
    },
    state: {
      read: async () => state,
      reach: async (next, at) => {
        state = { ...state, under: { next, at: at.toISOString() } };
      },
      finish: async (day) => {
        state = { day };
      },
    },
    counts: { send: async (messages) => void queue.push(...messages.map(({ body }) => body)) },
    force: essex,
    timeZone: essex.timeZone,
    now: () => now,
  });
  const tell = (...messages: CountMessage[]) =>
    handler({ Records: messages.map((body) => queueRecord(body)) });
  return {
    events,
    subscriptions,
    bulletins,
    tell,
    state: () => state,
    async recount() {
      await tell({ recount: { day: '2027-01-20', stop: 'events', part: 0 } });
      for (let body = queue.shift(); body; body = queue.shift()) await tell(body);
    },
    /** A month's counts of all rows of a sort together, without what came to nothing. */
    async counted(of: string, sort: string): Promise<Counts> {
      const sum: Counts = {};
      for (const { row, counts } of await counters.rowsOf(of))
        if (row.startsWith(sort))
          for (const [name, one] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + one;
      return Object.fromEntries(Object.entries(sum).filter(([, one]) => one !== 0));
    },
  };
}

describe.each([
  ['in memory', () => fakeCounterStore()],
  ['in the table', () => counterStore(dynoxide.table)],
])('counting, %s', (_where, open) => {
  let world: ReturnType<typeof newWorld>;
  let year: number;
  let id: string;
  beforeEach(() => {
    now = new Date('2027-01-20T12:00:00Z');
    world = newWorld(open());
    // Each test has a year and ids of its own, as they share a table.
    year = 2100 + run;
    id = `run${run++}`;
  });
  const held = (members: Record<string, unknown> = {}) =>
    anEvent({ start: `${year}-03-04T10:00`, end: `${year}-03-04T11:00`, ...members }, id);

  test('what is told once, twice, late or at once comes to the same', async () => {
    const event = held();
    world.events.set(id, event);
    await world.tell({ events: [id, 'nobody'] }, { events: [id] }, { events: [id] });
    const once = await world.counted(`${year}-03`, 'EVENTS#');
    expect(once).toMatchObject({ times: 1, 'kind#open-day': 1, 'day#04#southend-cpt': 1, noticed: 1 });
    world.events.set(id, cancelled(event, 'flood', now));
    await Promise.all([1, 2, 3].map(() => world.tell({ events: [id] })));
    expect(await world.counted(`${year}-03`, 'EVENTS#')).toEqual({ cancelled: 1 });
  });

  test('a hundred told by two at once, and twice in one message, are each counted once', async () => {
    now = new Date(`${year}-01-20T12:00:00Z`);
    const ids = Array.from({ length: 100 }, (_, at) => `${id}-${at}`);
    // Two months and districts of its own each: more rows than one transaction takes.
    for (const [at, each] of ids.entries()) {
      const pair = [at % 14, (at + 1 + Math.floor(at / 14)) % 14];
      const districts = pair.map((place) => essex.districts[place]?.id ?? '');
      const recurrence = { rrule: 'FREQ=MONTHLY;COUNT=2', exceptions: [], overrides: [] };
      world.events.set(each, { ...held({ districts, recurrence }), id: each });
    }
    const answers = await Promise.all([
      world.tell({ events: ids.slice(0, 70).flatMap((each) => [each, each]) }),
      world.tell({ events: ids.slice(30) }),
    ]);
    expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
    expect(await world.counted(`${year}-03`, 'EVENTS#')).toMatchObject({ times: 100, noticed: 100 });
    expect(await world.counted(`${year}-04`, 'EVENTS#')).toMatchObject({ times: 100 });
  });

  test('an event that moves to another month and district is counted there, and no longer here', async () => {
    world.events.set(id, held());
    await world.tell({ events: [id] });
    world.events.set(
      id,
      held({ start: `${year}-05-04T10:00`, end: `${year}-05-04T11:00`, districts: ['harlow', 'basildon'] }),
    );
    await world.tell({ events: [id] });
    expect(await world.counted(`${year}-03`, 'EVENTS#')).toEqual({});
    expect(await world.counted(`${year}-05`, 'EVENTS#basildon+harlow')).toMatchObject({ times: 1 });
  });

  test('a subscription joins, goes elsewhere, leaves, and is counted once however often it is told', async () => {
    const at = `${year}-03-01T12:00:00Z`;
    now = new Date(at);
    const before = await world.counted('ACTIVE', 'SUBSCRIPTIONS#');
    const mine: Subscription = { ...subscribed, id, districts: ['southend', 'harlow'], confirmedAt: at };
    world.subscriptions.set(id, mine);
    await world.tell({ subscriptions: [id] }, { subscriptions: [id] });
    expect(await world.counted(`${year}-03`, 'SUBSCRIPTIONS#')).toEqual({
      '*#email#joined': 1,
      'southend#email#joined': 1,
      'harlow#email#joined': 1,
    });
    world.subscriptions.set(id, { ...mine, districts: ['southend', 'basildon'] });
    now = new Date(`${year}-04-01T12:00:00Z`);
    await world.tell({ subscriptions: [id] }, { subscriptions: [id] });
    expect(await world.counted(`${year}-04`, 'SUBSCRIPTIONS#')).toEqual({
      'basildon#email#joined': 1,
      'harlow#email#left': 1,
    });
    const ended = { ...mine, status: 'ended' as const, endedAt: `${year}-05-02T12:00:00Z` };
    world.subscriptions.set(id, ended);
    await world.tell({ subscriptions: [id] });
    world.subscriptions.delete(id);
    await world.tell({ subscriptions: [id] }, { subscriptions: [id] });
    expect(await world.counted(`${year}-05`, 'SUBSCRIPTIONS#')).toEqual({
      '*#email#left': 1,
      'southend#email#left': 1,
      'basildon#email#left': 1,
    });
    expect(await world.counted('ACTIVE', 'SUBSCRIPTIONS#')).toEqual(before);
  });

  test('one erased at once is not counted as active by a message that comes late', async () => {
    const before = await world.counted('ACTIVE', 'SUBSCRIPTIONS#');
    await world.tell({ subscriptions: [id] });
    world.subscriptions.set(id, { ...subscribed, id });
    await world.tell({ subscriptions: [id] });
    expect(await world.counted('ACTIVE', 'SUBSCRIPTIONS#')).toEqual(before);
  });

  test('notices sent are counted as a bulletin goes out', async () => {
    const bulletin = { at: `${year}-03-31T23:30:00Z`, district: 'southend', email: 50, sms: 0 };
    world.bulletins.set(id, bulletin);
    await world.tell({ bulletins: [id] });
    world.bulletins.set(id, { ...bulletin, email: 80, sms: 3 });
    await world.tell({ bulletins: [id] }, { bulletins: [id] });
    // Half past midnight in April, where the clocks have gone forward.
    expect(await world.counted(`${year}-04`, 'NOTICES#southend')).toEqual({ email: 80, sms: 3 });
  });

  test('a recount finds what nobody told of, slice by slice, and changes nothing that is counted', async () => {
    for (let at = 0; at < 120; at++) world.events.set(`${id}-${at}`, { ...held(), id: `${id}-${at}` });
    world.subscriptions.set(id, { ...subscribed, id, confirmedAt: `${year}-03-01T12:00:00Z` });
    await world.recount();
    expect(await world.counted(`${year}-03`, 'EVENTS#')).toMatchObject({ times: 120 });
    expect(await world.counted(`${year}-03`, 'SUBSCRIPTIONS#')).toMatchObject({ '*#email#joined': 1 });
    expect(world.state()).toEqual({ day: '2027-01-20' });
    const active = await world.counted('ACTIVE', 'SUBSCRIPTIONS#');
    world.subscriptions.delete(id);
    await world.recount();
    expect(await world.counted(`${year}-03`, 'EVENTS#')).toMatchObject({ times: 120 });
    expect(
      (active['*#email#active'] ?? 0) -
        ((await world.counted('ACTIVE', 'SUBSCRIPTIONS#'))['*#email#active'] ?? 0),
    ).toBe(1);
  });

  test('one that cannot be counted keeps no other from it, and is given back', async () => {
    world.events.set(id, held());
    world.events.set(`${id}-bad`, {
      ...held(),
      id: `${id}-bad`,
      recurrence: { rrule: 'FREQ=NEVER', exceptions: [], overrides: [] },
    });
    const answer = await world.tell({ events: [`${id}-bad`, id] });
    expect(answer.batchItemFailures).toHaveLength(1);
    expect(await world.counted(`${year}-03`, 'EVENTS#')).toMatchObject({ times: 1 });
  });
});

test('whatever becomes of an event, and whichever of its changes is heard, its counters are those of its last state', async () => {
  now = new Date('2027-01-20T12:00:00Z');
  await fc.assert(
    fc.asyncProperty(
      anyLife({ isSeries: true, maxSteps: 6 }),
      fc.array(fc.boolean()),
      async (life, heard) => {
        const counters = fakeCounterStore();
        const world = newWorld(counters);
        for (const [place, event] of life.entries()) {
          world.events.set(event.id, event);
          if (heard[place] ?? true) await world.tell({ events: [event.id] });
        }
        const last = life.at(-1) as Event;
        await world.tell({ events: [last.id] });
        const counted = [...counters.rows].map(([place, counts]) => [place, withoutNothing(counts)] as const);
        const filled = counted.filter(([, counts]) => Object.keys(counts).length);
        expect(Object.fromEntries(filled)).toEqual(eventCounts(last, {}, now));
      },
    ),
    { numRuns: 60 },
  );
});

test('who came is counted in the month of the event, and makes it one that was counted', () => {
  const event = anEvent({ start: '2027-01-04T10:00', end: '2027-01-04T12:00' });
  const over = completed(event, 120, new Date('2027-01-20T12:00:00Z'));
  expect(eventCounts(over, {}, new Date('2027-01-20T12:00:00Z'))).toEqual({
    '2027-01 EVENTS#southend': expect.objectContaining({
      attendance: 120,
      counted: 1,
      times: 1,
      'notice#0': 1,
    }),
  });
});

test('a draft counts nothing', () => {
  expect(eventCounts({ ...anEvent(), publishedAt: undefined, status: 'draft' }, {}, new Date())).toEqual({});
});

test('a series without end is counted two years ahead, and keeps what it was five years ago', () => {
  const weekly = anEvent({
    recurrence: { rrule: 'FREQ=WEEKLY' },
    start: '2020-01-06T10:00',
    end: '2020-01-06T11:00',
  });
  const at = (time: string, before = {}) => eventCounts(weekly, before, new Date(time));
  const months = Object.keys(at('2024-06-01T12:00Z')).sort();
  expect([months[0], months.at(-1)]).toEqual(['2020-01 EVENTS#southend', '2026-05 EVENTS#southend']);
  const later = Object.keys(at('2027-06-01T12:00Z', at('2024-06-01T12:00Z'))).sort();
  expect([later[0], later.at(-1)]).toEqual(['2020-01 EVENTS#southend', '2029-05 EVENTS#southend']);
});

const withoutNothing = (counts: Counts) =>
  Object.fromEntries(Object.entries(counts).filter(([, one]) => one !== 0));
const subscribed: Subscription = {
  id: '',
  channel: 'email',
  address: 'resident@example.com',
  districts: ['southend'],
  kinds: [],
  frequency: 'immediately',
  reminders: false,
  follows: [],
  status: 'active',
  consent: { version: '1', wording: 'yes', at: '2027-01-01T00:00:00Z' },
  confirmedAt: '2027-01-10T12:00:00Z',
};
