import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CalendarsDeps, calendars } from '../../../functions/calendars/calendars.ts';
import { publishCalendar } from '../../../functions/calendars/publish-calendar.ts';
import { ownGroup } from '../../../shared/calendars/calendar-groups.ts';
import type { Event } from '../../../shared/events/event.ts';
import { anEvent } from '../../support/an-event.ts';
import { setting } from '../../support/calendar-fixtures.ts';
import { fakeEntryStore } from '../../support/fakes/entry-store.ts';
import { fakeMoveStore } from '../../support/fakes/move-store.ts';
import { fakeObjectStore } from '../../support/fakes/object-store.ts';
import { runs } from '../../support/runs.ts';
import { streamRecord } from '../../support/stream-record.ts';

// What workers log of each failure would fill the screen.
beforeAll(() => void vi.spyOn(process.stdout, 'write').mockReturnValue(true));
afterAll(() => void vi.restoreAllMocks());

const ids = [1, 2, 3].map((place) => `01jgv${String(place).padStart(21, '0')}`);
const now = new Date('2027-01-20T12:00Z');

/** What an officer may have done to an event; a title is never the same twice. */
const changes: Record<string, (title: string) => Partial<Event>> = {
  retitled: (title) => ({ title }),
  moved: (title) => ({ title, districts: ['basildon'] }),
  back: (title) => ({ title, districts: ['southend'] }),
  hidden: (title) => ({ title, audience: 'partners' }),
  shown: (title) => ({ title, audience: 'public' }),
};

const course = fc.array(
  fc.record({
    worker: fc.nat(1),
    event: fc.nat(ids.length - 1),
    change: fc.constantFrom(...Object.keys(changes)),
  }),
  { minLength: 1, maxLength: 8 },
);

function world() {
  const entries = fakeEntryStore();
  const objects = fakeObjectStore();
  let reads = 0;
  const deps = {
    entries: {
      ...entries,
      read: (...of: Parameters<typeof entries.read>) => {
        reads++;
        return entries.read(...of);
      },
    },
    moves: fakeMoveStore(),
    objects,
    setting,
    now: () => now,
    counts: { send: async () => {} },
  } as unknown as CalendarsDeps;
  return { deps, objects, reads: () => reads };
}

const places = ['all', 'southend', 'southend/open-day', 'basildon', 'basildon/open-day'];

/** Calendars that differ from what is put together afresh from the kept texts. */
async function stale({ deps, objects }: ReturnType<typeof world>) {
  const differ: string[] = [];
  for (const group of [...places, ...ids.map(ownGroup)]) {
    const before = objects.puts;
    if (objects.objects.has(`calendars/${group}.ics`)) await publishCalendar(group, deps);
    if (objects.puts > before) differ.push(group);
  }
  return differ;
}

describe('a worker that goes on', () => {
  it('does not read back what it kept itself', async () => {
    const { deps, objects, reads } = world();
    const worker = calendars(deps);
    const event = anEvent({}, ids[0]);
    await worker({ Records: [streamRecord(event)] });
    const readOnce = reads();
    for (let version = 2; version < 5; version++) {
      const next = { ...event, version, title: `Title ${version}` };
      await worker({ Records: [streamRecord(next, event)] });
    }
    expect(reads()).toBe(readOnce);
    expect(objects.text('calendars/southend.ics')).toContain('Title 4');
  });
});

describe('two workers that remember', () => {
  it('publish what is kept, in whatever order they are served and whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(course, fc.infiniteStream(fc.nat(9)), fc.scheduler(), async (steps, dice, order) => {
        const here = world();
        let isFailing = true;
        const inTurn =
          <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
          async (...args: Args) => {
            await order.schedule(Promise.resolve());
            const isLost = isFailing && dice.next().value === 0;
            if (isLost && dice.next().value < 5) throw new Error('not reached');
            const answer = await call(...args);
            if (isLost) throw new Error('answer lost');
            return answer;
          };
        const { entries, objects } = here.deps;
        const slow = {
          ...here.deps,
          entries: {
            write: inTurn(entries.write),
            state: inTurn(entries.state),
            async *read(...of: Parameters<typeof entries.read>) {
              await order.schedule(Promise.resolve());
              yield* entries.read(...of);
            },
          },
          objects: {
            ...objects,
            tagOf: inTurn(objects.tagOf),
            put: inTurn(objects.put),
            remove: inTurn(objects.remove),
          },
        };
        const workers = [calendars(slow), calendars(slow)];
        const latest = new Map(ids.map((id) => [id, anEvent({ title: 'First' }, id)]));
        const records = steps.map(({ worker, event, change }, place) => {
          const id = ids[event] ?? '';
          const before = latest.get(id) as Event;
          const members = changes[change]?.(`Title ${place}`);
          const updatedAt = new Date(now.getTime() + place).toISOString();
          const after = { ...before, ...members, version: before.version + 1, updatedAt };
          latest.set(id, after);
          return { worker, record: streamRecord(after, before) };
        });
        const bring = async (place: number) => {
          for (const { worker, record } of records)
            if (worker === place)
              for (let failed = true, tries = 0; failed; tries++) {
                if (tries > 3) isFailing = false;
                const answer = await workers[place]?.({ Records: [record] });
                failed = Boolean(answer?.batchItemFailures.length);
              }
        };
        await order.waitFor(Promise.all([bring(0), bring(1)]));
        expect(await stale(here)).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });
});
