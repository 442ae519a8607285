import { addDays, toInstant, toLocalDate } from '../events/zone-time.ts';
import type { CountMessage, Recount } from './count-message.ts';
import type { CountStateStore } from './count-state-store.ts';

export type SweepDeps = {
  state: CountStateStore;
  timeZone: string;
  now: Date;
  /** Queues messages for `count`. */
  send: (messages: { body: CountMessage }[]) => Promise<void>;
};

/** Days between two recounts. */
const EVERY = 7;
/** A recount that has not moved for so long has lost its message. */
const STALE_MS = 10 * 60_000;

/**
 * Once a minute: every week has all counted anew, which moves series on and mends what a lost message left uncounted;
 * goes on with a recount that lost its own.
 * @returns when there is something to do next
 */
export async function sweepCounts({ state, timeZone, now, send }: SweepDeps): Promise<Date> {
  const today = toLocalDate(now, timeZone);
  const { day, under } = await state.read();
  if (under) {
    const staleAt = new Date(Date.parse(under.at) + STALE_MS);
    if (now < staleAt) return staleAt;
  } else if (day && today < addDays(day, EVERY)) return toInstant(`${addDays(day, EVERY)}T00:00`, timeZone);
  const next: Recount = under?.next ?? { day: today, stop: 'events', part: 0 };
  await state.reach(next, now);
  await send([{ body: { recount: next } }]);
  return now;
}
