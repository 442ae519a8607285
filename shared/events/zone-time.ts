import { Temporal } from 'temporal-polyfill';
import { asUtc, fromUtc } from './wall-time.ts';
import { steadyOffset } from './zone-offset.ts';

/** Local wall time, `2027-01-25T10:00`, or for all-day events a date, `2027-01-25`. */
export type LocalTime = string;

/**
 * The instant a wall clock shows this time. A time that does not exist (clocks go forward) moves later by the
 * gap; one that exists twice (clocks go back) is the first: RFC 5545 §3.3.5.
 */
export function toInstant(local: LocalTime, timeZone: string): Date {
  const time = asUtc(local);
  const offset = time === undefined ? undefined : steadyOffset(time, timeZone);
  if (time !== undefined && offset !== undefined) return new Date(time - offset);
  return new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds);
}

/** What a wall clock in the zone shows, to the minute: `2027-01-25T10:00`. */
export function toLocal(instant: Date, timeZone: string): LocalTime {
  const offset = steadyOffset(instant.getTime(), timeZone);
  if (offset !== undefined) return fromUtc(instant.getTime() + offset, 16);
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** The date in the zone: `2027-01-25`. */
export const toLocalDate = (instant: Date, timeZone: string) => toLocal(instant, timeZone).slice(0, 10);

/** The same wall time some days later or earlier, whatever the clocks do in between. */
export function addDays(local: LocalTime, days: number): LocalTime {
  const time = asUtc(local);
  if (time !== undefined) return fromUtc(time + days * 86_400_000, local.length);
  return local.length === 10
    ? Temporal.PlainDate.from(local).add({ days }).toString()
    : Temporal.PlainDateTime.from(local).add({ days }).toString({ smallestUnit: 'minute' });
}
