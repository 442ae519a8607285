import { addDays, toInstant, toLocalDate } from '../events/zone-time.ts';
import type { Force } from '../force/force.ts';
import type { Table } from '../table/table.ts';
import { calendarStateStore } from './calendar-state-store.ts';
import { moveStore } from './move-store.ts';
import type { RefreshMessage } from './refresh-message.ts';
import { rendererRevision } from './renderer-revision.ts';

export type SweepDeps = {
  table: Table;
  force: Force;
  now: Date;
  /** Queues messages for `refresh`. */
  send: (messages: { body: RefreshMessage }[]) => Promise<void>;
};

/** A rebuild that has not moved for so long has lost its message. */
const STALE_MS = 120_000;
/** Days looked through one by one after a standstill. */
const MOST_DAYS = 35;

/**
 * Once a minute: begins a rebuild when the renderer or the force's data changed, and goes on with one that lost
 * its message; after local midnight refreshes the calendars that events enter or leave on that day.
 * @returns when there is something to do next
 */
export async function sweepCalendars({ table, force, now, send }: SweepDeps): Promise<Date> {
  const state = calendarStateStore(table);
  const moves = moveStore(table);
  const { revision, day, rebuilding } = await state.read();
  const wanted = rendererRevision(force);
  const today = toLocalDate(now, force.timeZone);
  const isUnderWay = rebuilding?.revision === wanted;
  const rebuild = async () => {
    const next = isUnderWay ? rebuilding.next : { rebuild: { revision: wanted } };
    await state.reach(wanted, next, now);
    await send([{ body: next }]);
  };
  if (revision !== wanted || rebuilding) {
    const isStale = !isUnderWay || now.getTime() - Date.parse(rebuilding.at) > STALE_MS;
    if (isStale) await rebuild();
  }
  const midnight = toInstant(`${addDays(today, 1)}T00:00`, force.timeZone);
  const next = revision === wanted && !rebuilding ? midnight : now;
  if (day === today) return next;
  const first = day && addDays(today, -MOST_DAYS) < day ? addDays(day, 1) : undefined;
  if (first) {
    const groups = new Set<string>();
    for (let date = first; date <= today; date = addDays(date, 1))
      for (const group of await moves.groupsOn(date)) groups.add(group);
    await send([...groups].map((calendar) => ({ body: { calendar } })));
  } else if (day) await send([{ body: { republish: { revision: wanted, from: 0 } } }]);
  await state.moveTo(today);
  return next;
}
