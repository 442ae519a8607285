import { type Group, groupAt, pathOf } from '../../shared/calendars/calendar-groups.ts';
import { type ObjectStore, Overtaken } from './object-store.ts';

/**
 * A bucket whose tags are asked for once and then remembered from what was put. A remembered tag is only ever
 * older than the texts read after it, so a conditional put is as safe with it; where another writer was there
 * the put fails, and the tag is asked for again.
 * @param looked is told of each calendar whose tag was asked for: it may be newer than texts that were read before
 */
export function rememberedTags(objects: ObjectStore, looked: (group: Group) => void = () => {}): ObjectStore {
  const known = new Map<string, string>();
  return {
    ...objects,
    knows: (group) => known.has(pathOf(group, 'ics')),
    async tagOf(key) {
      const remembered = known.get(key);
      if (remembered) return remembered;
      looked(groupAt(key));
      const tag = await objects.tagOf(key);
      if (tag) known.set(key, tag);
      return tag;
    },
    async put(key, ...rest) {
      known.delete(key);
      try {
        const tag = await objects.put(key, ...rest);
        if (tag) known.set(key, tag);
        return tag;
      } catch (error) {
        // The twin was read at the same time, and may be as old.
        if (error instanceof Overtaken)
          for (const one of [key.replace(/\.gz$/, ''), `${key}.gz`]) known.delete(one);
        throw error;
      }
    },
    async remove(key) {
      known.delete(key);
      await objects.remove(key);
    },
  };
}
