import { Temporal } from 'temporal-polyfill';
import { localStarts, type Repeating } from './recurrence-rule.ts';
import { asUtc } from './wall-time.ts';
import { steadyOffset } from './zone-offset.ts';
import type { LocalTime } from './zone-time.ts';

/** How far ahead they are looked for in a series that never ends. */
const YEARS = 5;
const MOST_KNOWN = 500;

/** Whether the change of clocks leaves this wall time out, or shows it twice. */
export function isOdd(local: LocalTime, timeZone: string): boolean {
  if (isSteady(local, timeZone)) return false;
  const wall = Temporal.PlainDateTime.from(local);
  const read = (disambiguation: 'earlier' | 'later') => wall.toZonedDateTime(timeZone, { disambiguation });
  return !read('earlier').equals(read('later'));
}

/** Whether the change of clocks leaves this wall time out. */
export const isLeftOut = (local: LocalTime, timeZone: string) =>
  !isSteady(local, timeZone) &&
  Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toPlainDateTime().toString({
    smallestUnit: 'minute',
  }) !== local;

/** Whether no change of clocks is near. */
function isSteady(local: LocalTime, timeZone: string): boolean {
  const time = asUtc(local);
  return time !== undefined && steadyOffset(time, timeZone) !== undefined;
}

/** The starts of a series, exceptions included, that the change of clocks leaves out: apps read them in three ways. */
export function leftOutStarts(event: Repeating): LocalTime[] {
  if (event.allDay || !event.recurrence || !mayBeLeftOut(event)) return [];
  const last = Temporal.PlainDateTime.from(event.start).add({ years: YEARS }).toString();
  return localStarts(event, (local) => local < last).filter((local) => isLeftOut(local, event.timeZone));
}

/** Whether any change of clocks in those years leaves out the hour of the series. */
function mayBeLeftOut({ start, timeZone }: Repeating): boolean {
  const year = Number(start.slice(0, 4));
  const time = start.slice(10);
  return Array.from({ length: YEARS + 1 }, (_, more) => year + more).some((one) =>
    gapsOf(one, timeZone).some(({ from, to }) => {
      const local = from.slice(0, 10) + time;
      return local >= from && local < to;
    }),
  );
}

type Gap = { from: LocalTime; to: LocalTime };
const known = new Map<string, Gap[]>();

/** The wall times of a year that the clocks of a zone leave out. */
function gapsOf(year: number, timeZone: string): Gap[] {
  const name = `${timeZone} ${year}`;
  const before = known.get(name);
  if (before) return before;
  const gaps: Gap[] = [];
  const first = Temporal.PlainDateTime.from({ year, month: 1, day: 1 }).subtract({ seconds: 1 });
  let change = first.toZonedDateTime(timeZone).getTimeZoneTransition('next');
  for (; change && change.year <= year; change = change.getTimeZoneTransition('next')) {
    const { offset } = change.subtract({ nanoseconds: 1 });
    const [from, to] = [change.withTimeZone(offset), change].map((at) =>
      at.toPlainDateTime().toString({ smallestUnit: 'minute' }),
    ) as [LocalTime, LocalTime];
    if (from < to) gaps.push({ from, to });
  }
  if (known.size > MOST_KNOWN) known.clear();
  known.set(name, gaps);
  return gaps;
}
