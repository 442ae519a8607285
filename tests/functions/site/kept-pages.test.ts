import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptPages } from '../../../functions/site/look/kept-pages.ts';
import { cancelled, edit, revised } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { anEvent, inputOf } from '../../support/an-event.ts';
import { runs } from '../../support/runs.ts';
import { someSite } from './some-site.ts';

const start = new Date('2027-01-29T20:00:00Z');
/** Before the third event and before one time of the series are over, and before midnight. */
const begins = fc.constantFrom('2027-01-30T12:20:00Z', '2027-01-30T13:10:00Z', '2027-01-30T23:40:00Z');
const by = { id: 'o', name: 'An officer' };
const members = (n: number) => ({
  title: `Event ${n}`,
  start: `2027-01-30T1${n}:00`,
  end: `2027-01-30T1${n}:30`,
  ...(n === 3 && { recurrence: { rrule: 'FREQ=DAILY;COUNT=60' } }),
});
const events = [0, 1, 2, 3].map((n) => anEvent(members(n), `event-${n}`, start));

const addresses = ['/southend', '/southend?kind=open-day'];

/** Minutes that pass, or an officer who edits or cancels one. */
const step = fc.oneof(
  fc.record({ wait: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1_500 })) }),
  fc.record({ edit: fc.integer({ min: 0, max: 3 }), title: fc.constantFrom('Coffee', 'Tea', 'Cake') }),
  fc.record({ cancel: fc.integer({ min: 0, max: 3 }) }),
);

test('a page that was kept says what one made anew would say, whatever changes and however late it is', async () => {
  await fc.assert(
    fc.asyncProperty(begins, fc.array(step, { minLength: 1, maxLength: 8 }), async (now, steps) => {
      const site = await someSite({ events, now });
      for (const address of addresses) await site.ask(address);
      const all = new Map<string, Event>(events.map((event) => [event.id, event]));
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
        for (const address of addresses)
          expect((await site.ask(address)).html).toBe((await anew.ask(address)).html);
      }
    }),
    { numRuns: runs(60) },
  );
});

test('a page is made again when it is time, when one of its events differs, and when others took its place', () => {
  const keep = keptPages();
  let made = 0;
  const look = (minute: number, { address = '/southend', version = 1, cursor = '' } = {}) => {
    const items = [{ ...(events[0] as Event), version }];
    const now = new Date(start.getTime() + minute * 60_000);
    const until = new Date(now.getTime() + 10 * 60_000);
    const make = () => ({ page: { body: String(++made), etag: '' }, until });
    return keep(address, { items, cursor }, now, make).body;
  };
  expect([look(0), look(9), look(10), look(19)]).toEqual(['1', '1', '2', '2']);
  expect([look(19, { version: 2 }), look(19, { version: 2 })]).toEqual(['3', '3']);
  expect(look(19, { version: 2, cursor: 'more' })).toBe('4');
  for (let n = 0; n < 40; n++) look(19, { address: `/${n}` });
  expect(look(19, { version: 2, cursor: 'more' })).toBe('45');
});
