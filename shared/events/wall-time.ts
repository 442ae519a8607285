/** Far from both ends of what `YYYY-MM-DD` can say, so that days may be added. */
const FIRST = Date.UTC(1000, 0, 1);
const LAST = Date.UTC(9000, 0, 1);

/** A date, or a time with minutes or seconds. */
const written = /^\d{4}-\d\d-(\d\d)(?:T\d\d:\d\d(?::\d\d)?)?$/;

/** What was read of late: a page, or a calendar, asks for the same times again and again. */
const kept = new Map<string, number>();
const MOST_KEPT = 5_000;

/**
 * A wall time or date in milliseconds, as if it were UTC: what lies between two of them is what the clock on the
 * wall would say. Nothing where it is no such time, or of another age.
 */
export function asUtc(local: string): number | undefined {
  const known = kept.get(local);
  if (known !== undefined) return known;
  const time = read(local);
  if (kept.size >= MOST_KEPT) kept.clear();
  // What is no time may be of any length.
  if (time !== undefined) kept.set(local, time);
  return time;
}

function read(local: string): number | undefined {
  const [, day] = written.exec(local) ?? [];
  if (day === undefined) return undefined;
  const time = Date.parse(local.length === 10 ? local : `${local}Z`);
  // The engine takes 31 June for 1 July, and 24:00 for the next day.
  const isSo = time >= FIRST && time <= LAST && new Date(time).getUTCDate() === Number(day);
  return isSo ? time : undefined;
}

/** The wall time of so many characters again: 10 are a date, 16 have minutes. */
export const fromUtc = (time: number, length: number) => new Date(time).toISOString().slice(0, length);
