import type { Entry } from '../../shared/calendars/calendar-entry.ts';
import type { Calendar } from '../../shared/calendars/calendar-groups.ts';
import { isInWindow, windowAt } from '../../shared/calendars/calendar-window.ts';
import { type EntryStore, weightOf } from './entry-store.ts';

/** Entries handled at a time. */
const SOME = 200;

/** What a calendar's bytes tell of when they were put together. */
export type Reached = {
  /** When the last of its events changed, or left it. */
  changedAt?: string;
  /**
   * The sum of what is on it and of what left it lately, by their versions: it only grows, so that bytes never return to
   * what they were, and a tag that was read once tells for ever whether somebody has been there since.
   */
  state: number;
};

/**
 * Hands over what is on a calendar now, some at a time, of all that is kept for it.
 * @returns how many events are on it, and what it has reached
 */
export async function readContents(
  { group, isWindowed }: Pick<Calendar, 'group' | 'isWindowed'>,
  { entries, now, timeZone }: { entries: Pick<EntryStore, 'read'>; now: Date; timeZone: string },
  take: (some: Entry[]) => void,
): Promise<Reached & { count: number }> {
  const window = windowAt(now, timeZone);
  let some: Entry[] = [];
  let count = 0;
  let state = 0;
  let changedAt: string | undefined;
  for await (const kept of entries.read(group, now)) {
    const { entry, hasLeft } = kept;
    state += weightOf(kept);
    if (changedAt === undefined || entry.updatedAt > changedAt) changedAt = entry.updatedAt;
    if (hasLeft || (isWindowed && !isInWindow(entry, window))) continue;
    count++;
    some.push(entry);
    if (some.length < SOME) continue;
    take(some);
    some = [];
  }
  take(some);
  return { count, changedAt, state };
}
