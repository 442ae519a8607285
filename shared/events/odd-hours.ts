import { Temporal } from 'temporal-polyfill';
import { localStarts, type Repeating } from './recurrence-rule.ts';
import type { LocalTime } from './zone-time.ts';

/** How far ahead they are looked for in a series that never ends. */
const YEARS = 5;

/** Whether the change of clocks leaves this wall time out, or shows it twice. */
export function isOdd(local: LocalTime, timeZone: string): boolean {
  const wall = Temporal.PlainDateTime.from(local);
  const read = (disambiguation: 'earlier' | 'later') => wall.toZonedDateTime(timeZone, { disambiguation });
  return !read('earlier').equals(read('later'));
}

/** Whether the change of clocks leaves this wall time out. */
export const isLeftOut = (local: LocalTime, timeZone: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toPlainDateTime().toString({
    smallestUnit: 'minute',
  }) !== local;

/** The starts of a series, exceptions included, that the change of clocks leaves out: apps read them in three ways. */
export function leftOutStarts(event: Repeating): LocalTime[] {
  if (event.allDay || !event.recurrence || !mayBeLeftOut(event)) return [];
  const last = Temporal.PlainDateTime.from(event.start).add({ years: YEARS }).toString();
  return localStarts(event, (local) => local < last).filter((local) => isLeftOut(local, event.timeZone));
}

/** Whether any change of clocks in those years leaves out the hour of the series. */
function mayBeLeftOut({ start, timeZone }: Repeating): boolean {
  const time = start.slice(11);
  const from = Temporal.PlainDateTime.from(start).toZonedDateTime(timeZone).subtract({ days: 1 });
  for (
    let change = from.getTimeZoneTransition('next');
    change && change.year <= from.year + YEARS;
    change = change.getTimeZoneTransition('next')
  )
    if (isLeftOut(`${change.toPlainDate()}T${time}`, timeZone)) return true;
  return false;
}
