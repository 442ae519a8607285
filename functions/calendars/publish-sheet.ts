import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Calendar, type Form, pathOf } from '../../shared/calendars/calendar-groups.ts';
import { contentTypes } from '../../shared/calendars/published-as.ts';
import type { ObjectStore, Stored } from './object-store.ts';

/** The ETag of each object of a calendar when it was looked at; nothing for those that were not there. */
export type Tags = Map<string, string | undefined>;

/** Each calendar has a gzip twin beside it, because CloudFront does not compress text/calendar. */
export const twin = (key: string) => `${key}.gz`;

/**
 * Puts one form of a calendar and its twin where they differ from what is there.
 * @throws Overtaken when another writer has put it since
 */
export async function publishSheet(
  { form, body }: { form: Form; body: Buffer },
  { group }: Pick<Calendar, 'group'>,
  tags: Tags,
  objects: Pick<ObjectStore, 'put'>,
): Promise<void> {
  const key = pathOf(group, form);
  const stored: Stored = { contentType: contentTypes[form] };
  // The twin goes first: where the plain one is up to date, so is its twin.
  const isThere = isSame(body, tags.get(key));
  if (isThere && tags.get(twin(key))) return;
  // At once, so that of several calendars one at a time is in memory twice.
  const zipped = gzipSync(body);
  if (!isSame(zipped, tags.get(twin(key))))
    await objects.put(twin(key), zipped, tags.get(twin(key)), { ...stored, contentEncoding: 'gzip' });
  if (!isThere) await objects.put(key, body, tags.get(key), stored);
}

const isSame = (body: Buffer, tag: string | undefined) =>
  tag === `"${createHash('md5').update(body).digest('hex')}"`;
