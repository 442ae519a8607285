import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kept } from '../../../functions/site/look/kept.ts';
import { cancelled, edit, revised } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { anEvent, inputOf } from '../../support/an-event.ts';
import { runs } from '../../support/runs.ts';
import { someSite } from './some-site.ts';

const start = new Date('2027-01-29T20:00:00Z');
/** On a day before, and before the third event, one time of the series, and the day are over. */
const begins = fc.constantFrom(
  '2027-01-28T22:00:00Z',
  '2027-01-30T12:20:00Z',
  '2027-01-30T13:10:00Z',
  '2027-01-30T23:40:00Z',
);
const by = { id: 'o', name: 'An officer' };
const members = (n: number) => ({
  title: `Event ${n}`,
  start: `2027-01-30T1${n}:00`,
  end: `2027-01-30T1${n}:30`,
  ...(n === 3 && { recurrence: { rrule: 'FREQ=DAILY;COUNT=60' } }),
});
const events = [0, 1, 2, 3].map((n) => anEvent(members(n), `event-${n}`, start));

const addresses = [
  '/southend',
  '/southend?kind=open-day',
  '/southend?month=2027-02',
  '/southend?past=yes',
  '/embed/southend',
  '/',
];

/** Minutes that pass, or an officer who edits or cancels one. */
const step = fc.oneof(
  fc.record({ wait: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1_500 })) }),
  fc.record({ edit: fc.integer({ min: 0, max: 3 }), title: fc.constantFrom('Coffee', 'Tea', 'Cake') }),
  fc.record({ cancel: fc.integer({ min: 0, max: 3 }) }),
);

test('pages of which much was kept are what they would be made anew, whatever changes and however late it is', async () => {
  await fc.assert(
    fc.asyncProperty(begins, fc.array(step, { minLength: 1, maxLength: 8 }), async (now, steps) => {
      const site = await someSite({ events, now });
      for (const address of addresses) await site.ask(address);
      const all = new Map<string, Event>(events.map((event) => [event.id, event]));
      const etags = new Map<unknown, string>();
      const change = async (n: number, to: (event: Event) => Event) => {
        const before = all.get(`event-${n}`);
        if (!before || before.status === 'cancelled') return;
        const after = to(before);
        all.set(after.id, after);
        const action = after.status === 'cancelled' ? 'cancel' : 'edit';
        const change = { by, action, now: site.clock.now, newId: () => 'a-change' } as const;
        await site.events.save(edit(before, after, change));
      };
      for (const each of steps) {
        const { now } = site.clock;
        if ('wait' in each) site.clock.now = new Date(now.getTime() + each.wait * 60_000);
        else if ('edit' in each) {
          const input = (n: number) => inputOf({ ...members(n), title: each.title });
          await change(each.edit, (event) => revised(event, input(each.edit), now));
        } else await change(each.cancel, (event) => cancelled(event, 'Strong wind', now));
        const anew = await someSite({ events: [...all.values()], now: site.clock.now.toISOString() });
        // In another order, in which nothing is kept that is not of the page.
        for (const address of addresses.toReversed()) {
          const [page, fresh] = [await site.ask(address), await anew.ask(address)];
          expect(page.html).toBe(fresh.html);
          expect(page.headers.etag).toBe(fresh.headers.etag);
          expect(etags.get(page.headers.etag) ?? page.html).toBe(page.html);
          etags.set(page.headers.etag, page.html);
        }
      }
    }),
    // Three hours later it is another day, and all else is the same.
    { numRuns: runs(60), examples: [['2027-01-28T22:00:00Z', [{ wait: 180 }]]] },
  );
});

test('what was made is made again for another version, and when much else was asked for since', () => {
  const keep = kept<number>(3);
  let made = 0;
  const ask = (key: string, version?: number) => keep(key, () => ++made, version);
  expect([ask('a'), ask('b'), ask('a'), ask('b')]).toEqual([1, 2, 1, 2]);
  expect([ask('a', 2), ask('a', 2), ask('b')]).toEqual([3, 3, 2]);
  for (const key of ['c', 'd', 'e']) ask(key);
  expect([ask('a', 2), ask('b')]).toEqual([3, 2]);
  for (let n = 0; n < 7; n++) ask(`${n}`);
  expect(ask('a', 2)).toBe(14);
});
