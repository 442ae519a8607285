import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { expect, it, test } from 'vitest';
import { plainDates } from '../../../shared/events/plain-rule.ts';
import { ruleParts } from '../../../shared/events/recurrence-rule.ts';
import { rhythmOf } from '../../../shared/events/rhythm.ts';
import { addDays } from '../../../shared/events/zone-time.ts';

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const SOME = 12;

function plain(rrule: string, start: string) {
  const rhythm = rhythmOf(new Map(ruleParts(rrule)), start);
  return rhythm && plainDates(rhythm, start)?.[Symbol.iterator]();
}

function ours(rrule: string, start: string): string[] {
  const dates = plain(rrule, start);
  return dates ? Array.from({ length: SOME }, () => String(dates.next().value)) : [];
}

function theirs(rrule: string, start: string): string[] {
  const found: string[] = [];
  const rruleString = `DTSTART;TZID=UTC:${start.replaceAll('-', '')}T120000\nRRULE:${rrule}`;
  new RRuleTemporal({ rruleString }).all((at, place) => {
    if (place < SOME) found.push(at.toPlainDate().toString());
    return place < SOME;
  });
  return found;
}

it('makes the dates that the library makes', () => {
  const anyShape = fc.oneof(
    fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=MONTHLY'),
    fc.subarray(weekdays, { minLength: 1 }).map((days) => `FREQ=WEEKLY;BYDAY=${days.join(',')}`),
    fc.integer({ min: 1, max: 31 }).map((date) => `FREQ=MONTHLY;BYMONTHDAY=${date}`),
    fc
      .tuple(fc.constantFrom(-1, 1, 2, 3, 4, 5), fc.constantFrom(...weekdays))
      .map(([nth, day]) => `FREQ=MONTHLY;BYDAY=${nth}${day}`),
  );
  // Not every twelfth month: the library gives up where that is never a 31st, and we only say so much later.
  const anyStep = fc.constantFrom('', ';INTERVAL=2', ';INTERVAL=3', ';INTERVAL=5');
  const anyStart = fc.integer({ min: 0, max: 8 * 365 }).map((days) => addDays('2024-01-01', days));
  fc.assert(
    fc.property(anyShape, anyStep, anyStart, (shape, step, start) => {
      expect(ours(shape + step, start)).toEqual(theirs(shape + step, start));
    }),
    { numRuns: 500 },
  );
});

test.each([
  'FREQ=YEARLY',
  'FREQ=DAILY;BYDAY=MO',
  'FREQ=WEEKLY;WKST=SU;BYDAY=MO',
  'FREQ=WEEKLY;BYDAY=1MO',
  'FREQ=MONTHLY;BYDAY=MO',
  'FREQ=MONTHLY;BYDAY=-2MO',
  'FREQ=MONTHLY;BYMONTHDAY=-1',
  'FREQ=MONTHLY;BYMONTHDAY=1,15',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
])('leaves %s to the library', (rrule) => {
  expect(plain(rrule, '2027-03-11')).toBeUndefined();
});

test('a date that no such month has is looked for, but not for ever', () => {
  expect(() => plain('FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31', '2027-02-01')?.next()).toThrow(RangeError);
});
