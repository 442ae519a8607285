import { asUtc, fromUtc } from './wall-time.ts';

const DAY = 86_400_000;
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** 1 January 1970 was a Thursday. */
const MONDAY_BEFORE_1970 = -3;
/** Months without that date, in which one is still looked for. */
const MOST_EMPTY = 10_000;

/**
 * The dates that the commonest rules make, from the first on and without an end: every so many days, weeks on these
 * weekdays, or months on this date or the nth weekday. Nothing where the rule says more: then a library must do it.
 * It is some fifty times slower, and lists expand every series of a district.
 */
export function plainDates(rule: ReadonlyMap<string, string>, start: string): Iterable<string> | undefined {
  const first = asUtc(start.slice(0, 10));
  const step = Number(rule.get('INTERVAL') ?? 1);
  if (first === undefined || !Number.isInteger(step) || step < 1) return undefined;
  const day = first / DAY;
  const by = [...rule.keys()].filter((name) => name.startsWith('BY') || name === 'WKST').join();
  const wanted = rule.get(by) ?? '';
  const days = () => {
    if (rule.get('FREQ') === 'DAILY' && by === '') return daily(day, step);
    if (rule.get('FREQ') === 'WEEKLY') return inWeeks(by, wanted, day, step);
    if (rule.get('FREQ') === 'MONTHLY') return inMonths(by, wanted, day, step);
    return undefined;
  };
  const found = days();
  return found && dated(found);
}

function* dated(days: Iterable<number>) {
  for (const day of days) yield fromUtc(day * DAY, 10);
}

function* daily(first: number, step: number) {
  for (let day = first; ; day += step) yield day;
}

function inWeeks(by: string, wanted: string, first: number, step: number) {
  if (by === '') return daily(first, step * 7);
  const places = wanted.split(',').map((name) => weekdays.indexOf(name));
  if (by !== 'BYDAY' || places.includes(-1)) return undefined;
  return weekly([...new Set(places)].sort(), first, step);
}

function* weekly(places: number[], first: number, step: number) {
  for (let monday = first - weekdayOf(first); ; monday += step * 7)
    for (const place of places) if (monday + place >= first) yield monday + place;
}

function inMonths(by: string, wanted: string, first: number, step: number) {
  const date = by === '' ? new Date(first * DAY).getUTCDate() : Number(wanted);
  if (by === '' || (by === 'BYMONTHDAY' && date >= 1 && date <= 31))
    return monthly(first, step, (from, length) => (date <= length ? from + date - 1 : undefined));
  const [, nth, weekday = ''] = /^(-1|[1-5])([A-Z]{2})$/.exec(wanted) ?? [];
  const place = weekdays.indexOf(weekday);
  if (by !== 'BYDAY' || place < 0) return undefined;
  return monthly(first, step, (from, length) => nthWeekday(Number(nth), place, from, length));
}

function nthWeekday(nth: number, place: number, from: number, length: number): number | undefined {
  const last = from + length - 1;
  if (nth < 0) return last - ((weekdayOf(last) - place + 7) % 7);
  const day = from + ((place - weekdayOf(from) + 7) % 7) + (nth - 1) * 7;
  return day <= last ? day : undefined;
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

const weekdayOf = (day: number) => (((day - MONDAY_BEFORE_1970) % 7) + 7) % 7;
