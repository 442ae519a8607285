import { type Group, groupAt, ownerOf, pathOf } from '../../shared/calendars/calendar-groups.ts';
import { inTurns } from './in-turns.ts';
import type { ObjectStore } from './object-store.ts';

const AT_ONCE = 8;

/**
 * A bucket whose tags for these calendars are read by listing it, one request for a district with all its kinds
 * instead of one for each object. A listed tag holds once: who was overtaken asks for the object itself.
 */
export async function listedTags(groups: Group[], objects: ObjectStore): Promise<ObjectStore> {
  const prefixes = new Set(groups.flatMap(placesOf));
  const listed = new Map<string, string>();
  await inTurns([...prefixes], AT_ONCE, async (prefix) => {
    for (const [key, tag] of await objects.tagsUnder(prefix)) listed.set(key, tag);
  });
  const asked = new Set<string>();
  const wanted = new Set(groups);
  return {
    ...objects,
    async tagOf(key) {
      if (asked.has(key) || !wanted.has(groupAt(key))) return objects.tagOf(key);
      asked.add(key);
      return listed.get(key);
    },
  };
}

/** What the keys of a calendar begin with, and those of its neighbours where they are few. */
function placesOf(group: Group): string[] {
  if (ownerOf(group)) return [pathOf(group, 'ics')];
  const [root = group] = group.split('/');
  return [pathOf(root, 'ics'), pathOf(root, 'google')].map((path) => path.replace(/\.ics$/, ''));
}
