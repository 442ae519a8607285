import { createHash } from 'node:crypto';
import { type ObjectStore, Overtaken, type Stored } from '../../../functions/calendars/object-store.ts';

export type FakeObjects = ObjectStore & {
  objects: Map<string, { body: Buffer; stored: Stored }>;
  /** How many were put, of those that were asked for. */
  puts: number;
  text: (key: string) => string | undefined;
};

/** A bucket in memory, conditional as S3 is. */
export function fakeObjectStore(): FakeObjects {
  const objects: FakeObjects['objects'] = new Map();
  const tag = (key: string) => {
    const found = objects.get(key);
    return found && `"${createHash('md5').update(found.body).digest('hex')}"`;
  };
  const fake: FakeObjects = {
    objects,
    puts: 0,
    text: (key) => objects.get(key)?.body.toString(),
    tagOf: async (key) => tag(key),
    tagsUnder: async (prefix) =>
      new Map(
        [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => [key, tag(key) ?? '']),
      ),
    put: async (key, body, expected, stored) => {
      if (tag(key) !== expected) throw new Overtaken(key);
      // Whoever put it may write into the same memory again.
      objects.set(key, { body: Buffer.from(body), stored });
      fake.puts++;
      return tag(key);
    },
    remove: async (key) => {
      objects.delete(key);
    },
  };
  return fake;
}
