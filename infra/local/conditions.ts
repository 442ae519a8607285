import type { ObjectHead } from './bucket.ts';

type Headers = Record<string, string | undefined>;

/** What the conditions of a read come to (RFC 9110, 13.2.2). */
export function readCondition(
  head: Pick<ObjectHead, 'etag' | 'lastModified'>,
  headers: Headers,
): 200 | 304 | 412 {
  const match = headers['if-match'];
  if (match !== undefined && !names(match, head.etag, 'strong')) return 412;
  const none = headers['if-none-match'];
  if (none !== undefined) return names(none, head.etag, 'weak') ? 304 : 200;
  const since = headers['if-modified-since'];
  const changedAt = Math.floor(Date.parse(head.lastModified) / 1000) * 1000;
  return since !== undefined && changedAt <= Date.parse(since) ? 304 : 200;
}

/** S3's conditional writes: 412 where the object is not as expected, 404 where `If-Match` finds none. */
export function writeCondition(head: ObjectHead | undefined, headers: Headers): 200 | 404 | 412 {
  const match = headers['if-match'];
  if (match !== undefined) {
    if (!head) return 404;
    if (!names(match, head.etag, 'strong')) return 412;
  }
  const none = headers['if-none-match'];
  return none !== undefined && head && names(none, head.etag, 'weak') ? 412 : 200;
}

function names(list: string, etag: string, comparison: 'strong' | 'weak') {
  if (list.trim() === '*') return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '').replaceAll('"', '');
  return list
    .split(',')
    .filter((tag) => comparison === 'weak' || !tag.trim().startsWith('W/'))
    .some((tag) => bare(tag) === bare(etag));
}
