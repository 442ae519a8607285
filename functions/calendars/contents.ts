import type { Entry } from '../../shared/calendars/calendar-entry.ts';
import type { Calendar } from '../../shared/calendars/calendar-groups.ts';
import { isInWindow, windowAt } from '../../shared/calendars/calendar-window.ts';
import type { EntryStore } from './entry-store.ts';

/** Entries handled at a time. */
const SOME = 200;

/**
 * Hands over what is on a calendar now, some at a time, of all that is kept for it.
 * @returns when the calendar last changed, and how many events are on it
 */
export async function readContents(
  { group, isWindowed }: Pick<Calendar, 'group' | 'isWindowed'>,
  { entries, now, timeZone }: { entries: Pick<EntryStore, 'read'>; now: Date; timeZone: string },
  take: (some: Entry[]) => void = () => {},
): Promise<{ count: number; changedAt?: string }> {
  const window = windowAt(now, timeZone);
  let some: Entry[] = [];
  let count = 0;
  let changedAt: string | undefined;
  for await (const { entry, hasLeft } of entries.read(group, now)) {
    // What left counts too: a calendar whose bytes could return to what they were could be put by a writer that
    // had read the older state.
    if (changedAt === undefined || entry.updatedAt > changedAt) changedAt = entry.updatedAt;
    if (hasLeft || (isWindowed && !isInWindow(entry, window))) continue;
    count++;
    some.push(entry);
    if (some.length < SOME) continue;
    take(some);
    some = [];
  }
  take(some);
  return { count, changedAt };
}
