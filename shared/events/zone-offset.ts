import { Temporal } from 'temporal-polyfill';

/** About six days: the clocks of no zone change twice in it. */
const SPAN = 2 ** 29;
const DAY = 86_400_000;
/** Some eighty years of one zone. */
const MOST_KEPT = 5_000;
const LAST = Date.UTC(9999, 11, 1);

const kept = new Map<string, Map<number, number>>();

/**
 * How far ahead of UTC the zone's clocks are around a time, in milliseconds; nothing where they change within days
 * of it, or it is of another age. What stays the same for days need not be worked out for each event.
 * @param time milliseconds, of an instant or of a wall clock read as if it were UTC
 */
export function steadyOffset(time: number, timeZone: string): number | undefined {
  if (!(time > DAY && time < LAST)) return undefined;
  const first = Math.floor((time - DAY) / SPAN);
  const last = Math.ceil((time + DAY) / SPAN);
  const offset = offsetAt(first, timeZone);
  for (let span = first + 1; span <= last; span++) if (offsetAt(span, timeZone) !== offset) return undefined;
  return offset;
}

function offsetAt(span: number, timeZone: string): number {
  let offsets = kept.get(timeZone);
  if (!offsets || offsets.size > MOST_KEPT) {
    offsets = new Map();
    kept.set(timeZone, offsets);
  }
  let offset = offsets.get(span);
  if (offset === undefined) {
    const at = Temporal.Instant.fromEpochMilliseconds(span * SPAN).toZonedDateTimeISO(timeZone);
    offset = at.offsetNanoseconds / 1e6;
    offsets.set(span, offset);
  }
  return offset;
}
