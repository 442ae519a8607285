import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bucket, openBucket } from '../../../infra/local/bucket.ts';
import { readCondition, writeCondition } from '../../../infra/local/conditions.ts';

let folder = '';
const opened: Bucket[] = [];
const open = () => {
  const bucket = openBucket(join(folder, 'bucket.sqlite'));
  opened.push(bucket);
  return bucket;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-'));
});
afterEach(() => {
  for (const bucket of opened.splice(0)) bucket.close();
  rmSync(folder, { recursive: true });
});

test('an object outlives the process with its headers', () => {
  open().put('calendars/all.ics', Buffer.from('BEGIN\n\nEND'), {
    'content-type': 'text/calendar',
  });
  const found = open().get('calendars/all.ics');
  expect(found?.body.toString()).toBe('BEGIN\n\nEND');
  expect(found?.headers).toEqual({ 'content-type': 'text/calendar' });
});

test('lists by prefix, sorted, and forgets what is deleted', () => {
  const bucket = open();
  for (const key of ['b/2', 'a', 'b/1']) bucket.put(key, Buffer.from(key), {});
  bucket.delete('b/2');
  expect(bucket.list('b/').map(({ key }) => key)).toEqual(['b/1']);
});

test.each(['../../etc/passwd', '.', 'A', 'a', 'a/b', 'a%2fb', 'ü', 'x'.repeat(1024)])(
  'the key %s is itself',
  (key) => {
    const bucket = open();
    bucket.put(key, Buffer.from(key), {});
    expect(bucket.get(key)?.body.toString()).toBe(key);
    expect(bucket.list('').map((head) => head.key)).toEqual([key]);
  },
);

describe('conditions', () => {
  const head = { key: 'k', etag: '"a"', size: 1, lastModified: '2026-11-20T10:00:00.500Z', headers: {} };
  test.each<[Record<string, string>, number]>([
    [{}, 200],
    [{ 'if-none-match': '"a"' }, 304],
    [{ 'if-none-match': 'W/"a", "b"' }, 304],
    [{ 'if-none-match': '"b"' }, 200],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-match': '"b"' }, 412],
    [{ 'if-match': 'W/"a"' }, 412],
    [{ 'if-match': '"a"' }, 200],
    [{ 'if-modified-since': 'Fri, 20 Nov 2026 10:00:00 GMT' }, 304],
    [{ 'if-modified-since': 'Fri, 20 Nov 2026 09:59:59 GMT' }, 200],
    [{ 'if-none-match': '"b"', 'if-modified-since': 'Fri, 20 Nov 2026 10:00:00 GMT' }, 200],
  ])('a read with %o is %i', (headers, status) => {
    expect(readCondition(head, headers)).toBe(status);
  });
  test.each<[typeof head | undefined, Record<string, string>, number]>([
    [head, { 'if-match': '"a"' }, 200],
    [head, { 'if-match': '"b"' }, 412],
    [undefined, { 'if-match': '"a"' }, 404],
    [head, { 'if-none-match': '*' }, 412],
    [undefined, { 'if-none-match': '*' }, 200],
  ])('a write on %o with %o is %i', (existing, headers, status) => {
    expect(writeCondition(existing, headers)).toBe(status);
  });
});
