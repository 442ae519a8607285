import {
  type Departure,
  type EntryStore,
  isThere,
  type Kept,
} from '../../../functions/calendars/entry-store.ts';
import type { Entry } from '../../../shared/calendars/calendar-entry.ts';

/** Kept texts in memory, with the promises of the real store. */
export function fakeEntryStore(): EntryStore {
  const groups = new Map<string, Map<string, Kept>>();
  const write = (group: string, kept: Kept) => {
    const held = groups.get(group) ?? new Map();
    groups.set(group, held);
    const isNewest = (held.get(kept.entry.id)?.entry.version ?? 0) <= kept.entry.version;
    if (isNewest) held.set(kept.entry.id, structuredClone(kept));
    return isNewest;
  };
  return {
    keep: async (group: string, entry: Entry, until?: Date) => write(group, { entry, hasLeft: false, until }),
    leave: async (group: string, entry: Departure, until: Date) =>
      write(group, { entry, hasLeft: true, until }),
    async *read(group: string, now: Date) {
      const held = [...(groups.get(group) ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
      for (const [, kept] of held) if (isThere(kept, now)) yield kept;
    },
  };
}
