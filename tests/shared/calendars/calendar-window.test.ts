import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInWindow, moveDates, windowAt } from '../../../shared/calendars/calendar-window.ts';
import { addDays, toInstant } from '../../../shared/events/zone-time.ts';

const zone = 'Europe/London';

it('an event is on calendars from the day it comes until the day it leaves', () => {
  const minutes = fc.integer({ min: 0, max: 4 * 366 * 24 * 60 });
  const start = Date.parse('2026-01-01T00:00Z');
  fc.assert(
    fc.property(minutes, fc.integer({ min: 1, max: 60 * 24 * 40 }), (from, length) => {
      const event = {
        startsAt: new Date(start + from * 60_000).toISOString(),
        endsAt: new Date(start + (from + length) * 60_000).toISOString(),
      };
      const { comes, leaves = '' } = moveDates(event, zone);
      const isOn = (day: string) => isInWindow(event, windowAt(toInstant(day, zone), zone));
      expect([addDays(comes, -1), comes, addDays(leaves, -1), leaves].map(isOn)).toEqual([
        false,
        true,
        true,
        false,
      ]);
    }),
    { numRuns: 2000 },
  );
});

it('an event that repeats for ever never leaves', () => {
  expect(moveDates({ startsAt: '2027-01-01T10:00:00.000Z' }, zone).leaves).toBeUndefined();
});
