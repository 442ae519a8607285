import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { calendars } from '../../../functions/calendars/calendars.ts';
import { entryStore } from '../../../functions/calendars/entry-store.ts';
import { calendarStateStore } from '../../../shared/calendars/calendar-state-store.ts';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { moveStore } from '../../../shared/calendars/move-store.ts';
import type { RefreshMessage } from '../../../shared/calendars/refresh-message.ts';
import { sweepCalendars } from '../../../shared/calendars/sweep-calendars.ts';
import { edit } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { eventStore } from '../../../shared/events/event-store.ts';
import { anEvent } from '../../support/an-event.ts';
import { setting } from '../../support/calendar-fixtures.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { essex } from '../../support/essex.ts';
import { fakeObjectStore } from '../../support/fakes/object-store.ts';
import { queueRecord } from '../../support/queue-record.ts';
import { streamRecord } from '../../support/stream-record.ts';

let engine: Dynoxide;
let world: ReturnType<typeof newWorld>;
beforeAll(async () => {
  engine = await startDynoxide();
});
afterAll(() => engine.stop());

let tables = 0;
beforeEach(async () => {
  await engine.stop();
  engine = await startDynoxide(`rebuild-${tables++}`);
  world = newWorld();
});

function newWorld() {
  const { table } = engine;
  let now = new Date('2027-01-20T12:00Z');
  const queue: RefreshMessage[] = [];
  const send = async (messages: { body: RefreshMessage }[]) => {
    queue.push(...messages.map(({ body }) => body));
  };
  const objects = fakeObjectStore();
  const events = eventStore(table);
  const handler = calendars({
    entries: entryStore(table),
    moves: moveStore(table),
    state: calendarStateStore(table),
    events,
    objects,
    refresh: { send },
    counts: { send: async () => {} },
    setting,
    now: () => now,
  });
  return {
    objects,
    queue,
    save: (event: Event) =>
      events.save(
        edit(undefined, event, {
          by: { id: 'o', name: 'o' },
          action: 'create',
          now,
          newId: () => `c${Math.random()}`,
        }),
      ),
    changed: (event: Event, before?: Event) => handler({ Records: [streamRecord(event, before)] }),
    sweep: () => sweepCalendars({ table, force: essex, now, send }),
    at: (instant: string) => {
      now = new Date(instant);
    },
    /** Works through the queue; stops after so many messages, as a worker that is killed. */
    work: async (messages = Infinity) => {
      for (let done = 0; done < messages; done++) {
        const next = queue.shift();
        if (!next) return;
        const response = await handler({ Records: [queueRecord(next)] });
        expect(response).toEqual({ batchItemFailures: [] });
      }
    },
  };
}

const many = (count: number) =>
  Array.from({ length: count }, (_, place) =>
    anEvent({ title: `Event ${place}` }, `01jgv${String(place).padStart(21, '0')}`),
  );
describe('the first sweep', () => {
  it('puts nothing where nothing has ever been', async () => {
    await world.sweep();
    await world.work();
    expect(world.objects.puts).toBe(0);
  });

  it('publishes what was there before it, and keeps a calendar that becomes empty', async () => {
    const event = anEvent({}, `01jgv${'1'.padStart(21, '0')}`);
    await world.save(event);
    await world.sweep();
    await world.work();
    const standing = () => [...world.objects.objects.keys()].filter((key) => !key.includes('/events/'));
    const keys = standing().filter((key) => key.endsWith('.ics'));
    expect(keys).toContain('calendars/southend/open-day.ics');
    for (const key of keys) expect(lintCalendar(world.objects.text(key) ?? '')).toEqual([]);
    await world.changed({ ...event, version: 2, audience: 'partners' }, event);
    expect(standing().filter((key) => key.endsWith('.ics'))).toEqual(keys);
    expect(world.objects.text('calendars/southend.ics')).not.toContain('VEVENT');
  });

  it('asks for nothing more until something differs', async () => {
    await world.sweep();
    await world.work();
    await world.sweep();
    expect(world.queue).toEqual([]);
  });
});

describe('a rebuild', () => {
  it('publishes from the events alone what was lost, in slices, and goes on where it was killed', async () => {
    const some = many(120);
    await Promise.all(some.map((event) => world.save(event)));
    await world.sweep();
    await world.work(1);
    world.queue.length = 0;
    world.at('2027-01-20T12:01Z');
    await world.sweep();
    expect(world.queue).toEqual([]);
    world.at('2027-01-20T12:03Z');
    await world.sweep();
    expect(world.queue).toMatchObject([{ rebuild: { after: expect.stringContaining('#01jgv') } }]);
    await world.work();
    expect(world.objects.text('calendars/southend.ics')?.match(/BEGIN:VEVENT/g)).toHaveLength(some.length);
    const own = [...world.objects.objects.keys()].filter((key) => key.startsWith('calendars/events/'));
    expect(own).toHaveLength(some.length * 2);
  });

  it('puts nothing where nothing differs', async () => {
    for (const event of many(5)) await world.save(event);
    await world.sweep();
    await world.work();
    const { puts } = world.objects;
    world.queue.push({ calendar: 'southend' }, { calendar: 'all' });
    await world.work();
    expect(world.objects.puts).toBe(puts);
  });

  it('for another renderer is left to the one that is at work', async () => {
    world.queue.push({ rebuild: { revision: 'older' } });
    await world.work();
    expect(world.objects.puts).toBe(0);
  });
});

describe('a night', () => {
  const past = anEvent(
    { start: '2027-01-18T10:00', end: '2027-01-18T12:00' },
    `01jgv${'1'.padStart(21, '0')}`,
  );
  const far = anEvent(
    { start: '2028-07-30T10:00', end: '2028-07-30T12:00' },
    `01jgv${'2'.padStart(21, '0')}`,
  );
  const southend = () => world.objects.text('calendars/southend.ics') ?? '';

  it('takes an event off 30 days after its end, and brings one on 18 months before its start', async () => {
    await world.sweep();
    await world.work();
    await world.changed(past);
    await world.changed(far);
    expect(southend()).toContain(past.id);
    expect(southend()).not.toContain(far.id);
    const night = async (instant: string) => {
      world.at(instant);
      await world.sweep();
      const asked = world.queue.length;
      await world.work();
      return asked;
    };
    expect(await night('2027-01-31T00:00Z')).toBe(3);
    expect(southend()).toContain(far.id);
    expect(await night('2027-02-01T00:00Z')).toBe(0);
    expect(await night('2027-02-17T23:59Z')).toBe(0);
    expect(southend()).toContain(past.id);
    expect(await night('2027-02-18T00:00Z')).toBe(3);
    expect(southend()).not.toContain(past.id);
    expect(southend()).toContain(far.id);
  });
});
