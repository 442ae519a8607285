import type { Rhythm } from './rhythm.ts';
import { asUtc, fromUtc } from './wall-time.ts';

const DAY = 86_400_000;
/** 1 January 1970 was a Thursday. */
const MONDAY_BEFORE_1970 = -3;
/** Months without that date, in which one is still looked for. */
const MOST_EMPTY = 10_000;

/**
 * The dates that a rhythm makes, from the first on and without an end. Nothing for those that a library must work
 * out: it is many times slower, and lists expand every series of a district.
 */
export function plainDates(rhythm: Rhythm, start: string): Iterable<string> | undefined {
  const first = asUtc(start.slice(0, 10));
  return first === undefined || rhythm.unit === 'year' ? undefined : dated(daysOf(rhythm, first / DAY));
}

function* dated(days: Iterable<number>) {
  for (const day of days) yield fromUtc(day * DAY, 10);
}

function daysOf(rhythm: Exclude<Rhythm, { unit: 'year' }>, first: number): Iterable<number> {
  const { every } = rhythm;
  if (rhythm.unit === 'week') return weekly(rhythm.on, first, every);
  if (rhythm.unit === 'day') return daily(first, every);
  if ('nth' in rhythm)
    return monthly(first, every, (from, length) => nthWeekday(rhythm.nth, rhythm.on, from, length));
  const { date } = rhythm;
  return monthly(first, every, (from, length) => (date <= length ? from + date - 1 : undefined));
}

function* daily(first: number, step: number) {
  for (let day = first; ; day += step) yield day;
}

function* weekly(places: number[], first: number, step: number) {
  for (let monday = first - weekdayOf(first); ; monday += step * 7)
    for (const place of places) if (monday + place >= first) yield monday + place;
}

function* monthly(first: number, step: number, dayIn: (from: number, length: number) => number | undefined) {
  const start = new Date(first * DAY);
  const monthStart = (months: number) => Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months) / DAY;
  for (let months = 0, empty = 0; empty < MOST_EMPTY; months += step, empty++) {
    const from = monthStart(months);
    const day = dayIn(from, monthStart(months + 1) - from);
    if (day === undefined || day < first) continue;
    yield day;
    empty = 0;
  }
  throw new RangeError('The rule finds nothing');
}

function nthWeekday(nth: number, place: number, from: number, length: number): number | undefined {
  const last = from + length - 1;
  if (nth < 0) return last - ((weekdayOf(last) - place + 7) % 7);
  const day = from + ((place - weekdayOf(from) + 7) % 7) + (nth - 1) * 7;
  return day <= last ? day : undefined;
}

const weekdayOf = (day: number) => (((day - MONDAY_BEFORE_1970) % 7) + 7) % 7;
