import type { Group } from '../../shared/calendars/calendar-groups.ts';
import { type EntryStore, isThere, type Kept, type Placed, sizeOf } from './entry-store.ts';

/** Characters of texts that are remembered, of which a function has room for many more. */
const MOST = 30_000_000;

/**
 * Kept texts that are read once for each calendar and then remembered from what is kept here. A calendar put together
 * from them can lack what another writer kept since; but where that writer has put it too, its tag is another and the
 * conditional put fails, and where it has not, it will read what was kept here before it puts. So whoever is overtaken
 * must `forget` and start again.
 */
export function rememberedEntries(entries: EntryStore) {
  const known = new Map<Group, Map<string, Kept>>();
  let characters = 0;

  function forget(group: Group): void {
    for (const kept of known.get(group)?.values() ?? []) characters -= sizeOf(kept);
    known.delete(group);
  }

  /** Remembers it where the calendar is remembered; what is not known to be the newest leaves no doubt behind. */
  async function write(all: Placed[]): Promise<Group[]> {
    const late = await entries.write(all).catch((error: unknown) => {
      for (const { group } of all) forget(group);
      throw error;
    });
    for (const { group, ...kept } of all) {
      const calendar = known.get(group);
      if (late.includes(group)) forget(group);
      else if (calendar) {
        const before = calendar.get(kept.entry.id);
        characters += sizeOf(kept) - (before ? sizeOf(before) : 0);
        calendar.set(kept.entry.id, kept);
      }
    }
    return late;
  }

  async function* read(group: Group, now: Date): AsyncGenerator<Kept> {
    const calendar = known.get(group);
    if (calendar) {
      // By event, as the table has them: the same events make the same bytes.
      const ids = [...calendar.keys()].sort();
      for (const id of ids) {
        const kept = calendar.get(id);
        if (kept && isThere(kept, now)) yield kept;
      }
      return;
    }
    const seen = new Map<string, Kept>();
    let length = 0;
    for await (const kept of entries.read(group, now)) {
      length += sizeOf(kept);
      if (length <= MOST) seen.set(kept.entry.id, kept);
      else seen.clear();
      yield kept;
    }
    if (length > MOST) return;
    if (characters + length > MOST) for (const other of [...known.keys()]) forget(other);
    known.set(group, seen);
    characters += length;
  }

  return { write, read, state: entries.state, forget };
}
