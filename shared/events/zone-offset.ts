import { Temporal } from 'temporal-polyfill';

/** About six days: the clocks of no zone change twice in it and the days around it. */
const SPAN = 2 ** 29;
const DAY = 86_400_000;
/** Some eighty years of one zone. */
const MOST_KEPT = 5_000;
const LAST = Date.UTC(9999, 11, 1);

/** By zone and span; null where its clocks change. */
const kept = new Map<string, Map<number, number | null>>();

/**
 * How far ahead of UTC the zone's clocks are around a time, in milliseconds; nothing where they change within days
 * of it, or it is of another age. What stays the same for days need not be worked out for each event.
 * @param time milliseconds, of an instant or of a wall clock read as if it were UTC
 */
export function steadyOffset(time: number, timeZone: string): number | undefined {
  if (!(time > DAY && time < LAST)) return undefined;
  const span = Math.floor(time / SPAN);
  let offsets = kept.get(timeZone);
  if (!offsets || offsets.size > MOST_KEPT) {
    offsets = new Map();
    kept.set(timeZone, offsets);
  }
  let offset = offsets.get(span);
  if (offset === undefined) {
    const before = offsetAt(span * SPAN - DAY, timeZone);
    offset = before === offsetAt((span + 1) * SPAN + DAY, timeZone) ? before : null;
    offsets.set(span, offset);
  }
  return offset ?? undefined;
}

const offsetAt = (time: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
