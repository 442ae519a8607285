import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type ObjectHead = {
  key: string;
  etag: string;
  size: number;
  lastModified: string;
  /** As given when put: content-type, cache-control, content-encoding, x-amz-meta-… */
  headers: Record<string, string>;
};

export type StoredObject = ObjectHead & { body: Buffer };

/** A bucket in a folder: one file per object, its first line says what the rest is. */
export function openBucket(folder: string) {
  mkdirSync(folder, { recursive: true });
  const heads = new Map<string, ObjectHead>();
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (name.endsWith(partial)) rmSync(file);
    else {
      const { body: _, ...head } = read(file);
      heads.set(head.key, head);
    }
  }

  return {
    head: (key: string) => heads.get(key),
    get: (key: string) => (heads.has(key) ? read(join(folder, fileName(key))) : undefined),
    /** Whole or not at all. */
    put(key: string, body: Buffer, headers: Record<string, string>): ObjectHead {
      const head: ObjectHead = {
        key,
        etag: `"${createHash('md5').update(body).digest('hex')}"`,
        size: body.length,
        lastModified: new Date().toISOString(),
        headers,
      };
      const file = join(folder, fileName(key));
      writeFileSync(file + partial, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]));
      renameSync(file + partial, file);
      heads.set(key, head);
      return head;
    },
    delete(key: string) {
      heads.delete(key);
      rmSync(join(folder, fileName(key)), { force: true });
    },
    list: (prefix: string) =>
      [...heads.values()]
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

export type Bucket = ReturnType<typeof openBucket>;

const partial = '.part~';

/** Readable where it can be; never a path, never two names that a file system takes for one. */
export function fileName(key: string) {
  const readable = key.replace(/[^a-z0-9._-]/g, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  const safe = readable.replace(/^\./, '%2e').replace(/\.$/, '%2e');
  return safe.length > 180 ? `${safe.slice(0, 100)}~${createHash('sha256').update(key).digest('hex')}` : safe;
}

function read(file: string): StoredObject {
  const content = readFileSync(file);
  const end = content.indexOf('\n');
  const head: ObjectHead = JSON.parse(content.subarray(0, end).toString());
  return { ...head, body: content.subarray(end + 1) };
}
