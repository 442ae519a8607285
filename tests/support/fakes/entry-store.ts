import type { Departure, EntryStore, Kept } from '../../../functions/calendars/entry-store.ts';
import type { Entry } from '../../../shared/calendars/calendar-entry.ts';

/** Kept texts in memory, with the promises of the real store. */
export function fakeEntryStore(): EntryStore {
  const groups = new Map<string, Map<string, { kept: Kept; until?: Date }>>();
  const write = (group: string, kept: Kept, until?: Date) => {
    const held = groups.get(group) ?? new Map();
    groups.set(group, held);
    const newest = held.get(kept.entry.id)?.kept.entry.version ?? 0;
    if (newest <= kept.entry.version) held.set(kept.entry.id, { kept: structuredClone(kept), until });
  };
  return {
    keep: async (group: string, entry: Entry, until?: Date) => write(group, { entry, hasLeft: false }, until),
    leave: async (group: string, entry: Departure, until: Date) =>
      write(group, { entry, hasLeft: true }, until),
    async *read(group: string, now: Date) {
      const held = [...(groups.get(group) ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
      for (const [, { kept, until }] of held) if (!until || until > now) yield kept;
    },
  };
}
