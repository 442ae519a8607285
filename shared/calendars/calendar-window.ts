import { Temporal } from 'temporal-polyfill';
import { toInstant, toLocalDate } from '../events/zone-time.ts';
import type { Entry } from './calendar-entry.ts';

export const DAYS_BACK = 30;
const MONTHS_AHEAD = 18;

export type Window = { from: string; to: string };
type Span = Pick<Entry, 'startsAt' | 'endsAt'>;

/** From when to when events are on calendars. It moves at local midnight, so that bytes stay the same all day. */
export function windowAt(now: Date, timeZone: string): Window {
  const today = Temporal.PlainDate.from(toLocalDate(now, timeZone));
  return {
    from: toInstant(today.subtract({ days: DAYS_BACK }).toString(), timeZone).toISOString(),
    to: toInstant(today.add({ months: MONTHS_AHEAD }).toString(), timeZone).toISOString(),
  };
}

export const isInWindow = ({ startsAt, endsAt }: Span, { from, to }: Window) =>
  startsAt < to && (endsAt === undefined || endsAt > from);

/** The local dates on which an event comes onto calendars and leaves them. */
export function moveDates({ startsAt, endsAt }: Span, timeZone: string): { comes: string; leaves?: string } {
  const date = (instant: string) => Temporal.PlainDate.from(toLocalDate(new Date(instant), timeZone));
  return {
    // The day after which the window's far end is beyond the start; months are clipped, so days may be repeated.
    comes: date(startsAt).subtract({ months: MONTHS_AHEAD }).add({ days: 1 }).toString(),
    leaves:
      endsAt &&
      date(new Date(Date.parse(endsAt) - 1).toISOString())
        .add({ days: DAYS_BACK + 1 })
        .toString(),
  };
}
