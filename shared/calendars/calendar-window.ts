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
  const date = (instant: number) => Temporal.PlainDate.from(toLocalDate(new Date(instant), timeZone));
  const dayAfter = date(Date.parse(startsAt)).add({ days: 1 });
  let comes = dayAfter.subtract({ months: MONTHS_AHEAD });
  // Months are of different lengths: 28 February is 18 months before 28 August, and so is 31 August.
  while (Temporal.PlainDate.compare(comes.add({ months: MONTHS_AHEAD }), dayAfter) < 0)
    comes = comes.add({ days: 1 });
  const leaves = endsAt === undefined ? undefined : date(Date.parse(endsAt) - 1).add({ days: DAYS_BACK + 1 });
  return { comes: comes.toString(), leaves: leaves?.toString() };
}
