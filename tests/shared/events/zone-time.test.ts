import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { isLeftOut, isOdd } from '../../../shared/events/odd-hours.ts';
import { addDays, toInstant, toLocal, toLocalDate } from '../../../shared/events/zone-time.ts';

const london = (local: string) => toInstant(local, 'Europe/London').toISOString();

test('wall clocks are an hour ahead in summer', () => {
  expect(london('2027-01-25T10:00')).toBe('2027-01-25T10:00:00.000Z');
  expect(london('2027-06-25T10:00')).toBe('2027-06-25T09:00:00.000Z');
  expect(london('2027-06-25')).toBe('2027-06-24T23:00:00.000Z');
});

test('a time that the clocks skip moves on; one they show twice is the first', () => {
  expect(london('2027-03-28T01:30')).toBe('2027-03-28T01:30:00.000Z');
  expect(london('2027-10-31T01:30')).toBe('2027-10-31T00:30:00.000Z');
});

test('an instant reads as the clocks show it', () => {
  expect(toLocal(new Date('2027-06-25T22:59:59Z'), 'Europe/London')).toBe('2027-06-25T23:59');
  expect(toLocalDate(new Date('2027-06-25T23:30:00Z'), 'Europe/London')).toBe('2027-06-26');
});

test('a day later is the same time, whatever the clocks do', () => {
  expect(addDays('2027-03-27T18:00', 1)).toBe('2027-03-28T18:00');
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
});

test('a time that is written otherwise, or is on no calendar, is refused', () => {
  for (const local of ['2027-02-30', '2027-06-31T10:00', '2027-01-25T24:00', '2027', '2027-01', ''])
    expect(() => london(local)).toThrow(RangeError);
});

// Most times are worked out from offsets that are kept; near a change of clocks, or far from now, Temporal is asked.
test('every time is what Temporal says it is, in any zone', () => {
  const minute = 60_000;
  const anyTime = fc
    .integer({ min: Date.UTC(1965, 0) / minute, max: Date.UTC(2045, 0) / minute })
    .map((minutes) => new Date(minutes * minute));
  const anyChange = fc
    .tuple(
      fc.constantFrom(
        ...['2027-03-28', '2027-10-31', '2027-04-04', '2027-02-07', '2030-10-27', '1995-10-22'],
      ),
      fc.integer({ min: -12 * 60, max: 36 * 60 }),
    )
    .map(([day, minutes]) => new Date(Date.parse(day) + minutes * minute));
  const zones = [
    'Europe/London',
    'Europe/Berlin',
    'Africa/Casablanca',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  ];
  const anyZone = fc.constantFrom(...zones, 'America/St_Johns', 'Pacific/Apia', 'UTC');
  fc.assert(
    fc.property(fc.oneof(anyTime, anyChange), anyZone, (at, zone) => {
      const wall = Temporal.PlainDateTime.from(at.toISOString().slice(0, 16));
      const local = wall.toString({ smallestUnit: 'minute' });
      const read = (disambiguation: 'earlier' | 'later') => wall.toZonedDateTime(zone, { disambiguation });
      expect(toInstant(local, zone).getTime()).toBe(wall.toZonedDateTime(zone).epochMilliseconds);
      expect(isOdd(local, zone)).toBe(!read('earlier').equals(read('later')));
      expect(isLeftOut(local, zone)).toBe(!wall.toZonedDateTime(zone).toPlainDateTime().equals(wall));
      const shown = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
      expect(toLocal(at, zone)).toBe(shown.toPlainDateTime().toString({ smallestUnit: 'minute' }));
    }),
    { numRuns: 2000 },
  );
});
