import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

export type ObjectHead = {
  key: string;
  etag: string;
  size: number;
  lastModified: string;
  /** As given when put: content-type, cache-control, content-encoding, x-amz-meta-… */
  headers: Record<string, string>;
};

export type StoredObject = ObjectHead & { body: Buffer };
export type Bucket = ReturnType<typeof openBucket>;

const mostBodies = 200;
const largestBody = 256 * 1024;

/** A bucket in a file. One file for all objects: a start makes a thousand of them, and new files are slow. */
export function openBucket(file: string) {
  const database = new DatabaseSync(file);
  // What was answered outlives a killed process; only a power cut may take the last moment.
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS objects (key TEXT PRIMARY KEY, head TEXT NOT NULL, body BLOB NOT NULL)`);
  const readBody = database.prepare('SELECT body FROM objects WHERE key = ?');
  const write = database.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM objects WHERE key = ?');
  const heads = new Map(
    database
      .prepare('SELECT head FROM objects')
      .all()
      .map((row): ObjectHead => JSON.parse(String(row.head)))
      .map((head) => [head.key, head]),
  );

  /** Bodies lately asked for: phones ask for few calendars, and often. */
  const bodies = new Map<string, Buffer>();

  function bodyOf(key: string): Buffer | undefined {
    const known = bodies.get(key);
    if (known) return known;
    const found = readBody.get(key)?.body;
    if (!(found instanceof Uint8Array)) return undefined;
    const body = Buffer.from(found);
    if (bodies.size === mostBodies) bodies.clear();
    if (body.length <= largestBody) bodies.set(key, body);
    return body;
  }

  function get(key: string): StoredObject | undefined {
    const head = heads.get(key);
    const body = head && bodyOf(key);
    return head && body && { ...head, body };
  }

  function put(key: string, body: Buffer, headers: Record<string, string>): ObjectHead {
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const head = { key, etag, size: body.length, lastModified: new Date().toISOString(), headers };
    write.run(key, JSON.stringify(head), body);
    bodies.delete(key);
    heads.set(key, head);
    return head;
  }

  return {
    head: (key: string) => heads.get(key),
    get,
    put,
    delete(key: string) {
      heads.delete(key);
      bodies.delete(key);
      remove.run(key);
    },
    list: (prefix: string) =>
      [...heads.values()]
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    close: () => database.close(),
  };
}
