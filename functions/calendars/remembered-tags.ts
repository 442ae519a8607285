import { type ObjectStore, Overtaken } from './object-store.ts';

/**
 * A bucket whose tags are asked for once and then remembered from what was put. A remembered tag is only ever
 * older than the texts read after it, so a conditional put is as safe with it; where another writer was there
 * the put fails, and the tag is asked for again.
 */
export function rememberedTags(objects: ObjectStore): ObjectStore {
  const known = new Map<string, string>();
  return {
    ...objects,
    async tagOf(key) {
      const tag = known.get(key) ?? (await objects.tagOf(key));
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
