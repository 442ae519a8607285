import { type EntryStore, isThere, type Kept, weightOf } from '../../../functions/calendars/entry-store.ts';

/** Kept texts in memory, with the promises of the real store. */
export function fakeEntryStore(): EntryStore {
  const groups = new Map<string, Map<string, Kept>>();
  return {
    write: async (all) =>
      all.flatMap(({ group, ...kept }) => {
        const held = groups.get(group) ?? new Map<string, Kept>();
        groups.set(group, held);
        if ((held.get(kept.entry.id)?.entry.version ?? 0) > kept.entry.version) return [group];
        held.set(kept.entry.id, structuredClone(kept));
        return [];
      }),
    state: async (group: string, now: Date) =>
      [...(groups.get(group)?.values() ?? [])]
        .filter((kept) => isThere(kept, now))
        .reduce((sum, kept) => sum + weightOf(kept), 0),
    async *read(group: string, now: Date) {
      const held = [...(groups.get(group) ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
      for (const [, kept] of held) if (isThere(kept, now)) yield kept;
    },
  };
}
