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

  function get(key: string): StoredObject | undefined {
    const head = heads.get(key);
    const body = head && readBody.get(key)?.body;
    return head && body instanceof Uint8Array ? { ...head, body: Buffer.from(body) } : undefined;
  }

  function put(key: string, body: Buffer, headers: Record<string, string>): ObjectHead {
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const head = { key, etag, size: body.length, lastModified: new Date().toISOString(), headers };
    write.run(key, JSON.stringify(head), body);
    heads.set(key, head);
    return head;
  }

  return {
    head: (key: string) => heads.get(key),
    get,
    put,
    delete(key: string) {
      heads.delete(key);
      remove.run(key);
    },
    list: (prefix: string) =>
      [...heads.values()]
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    close: () => database.close(),
  };
}
