import {
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Group } from '../../shared/calendars/calendar-groups.ts';
import { calendarCacheControl } from '../../shared/calendars/published-as.ts';

export type ObjectStore = Pick<ReturnType<typeof objectStore>, 'tagOf' | 'tagsUnder' | 'put' | 'remove'> & {
  /** Whether the tags of a calendar need not be asked for. */
  knows?: (group: Group) => boolean;
};

/** Somebody else put the object since its tag was read. */
export class Overtaken extends Error {
  override name = 'Overtaken';
}

export type Stored = { contentType: string; contentEncoding?: string };

/** The bucket that calendars are served from. */
export function objectStore(bucket: string, client = new S3Client({ maxAttempts: 5 })) {
  /** An object's ETag, which is the MD5 of what it holds; nothing where there is none. */
  async function tagOf(key: string): Promise<string | undefined> {
    try {
      return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ETag;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** The ETags of all objects whose keys begin so. */
  async function tagsUnder(prefix: string): Promise<Map<string, string>> {
    const tags = new Map<string, string>();
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
      for (const { Key, ETag } of page.Contents ?? []) if (Key && ETag) tags.set(Key, ETag);
    return tags;
  }

  /**
   * Puts an object in the place of the one with this tag, or where there is none.
   * @returns its own tag
   * @throws Overtaken when another is there
   */
  async function put(
    key: string,
    body: Buffer,
    tag: string | undefined,
    { contentType, contentEncoding }: Stored,
  ) {
    const condition = tag === undefined ? { IfNoneMatch: '*' } : { IfMatch: tag };
    try {
      const { ETag } = await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: contentType,
          ContentEncoding: contentEncoding,
          CacheControl: calendarCacheControl,
          ...condition,
        }),
      );
      return ETag;
    } catch (error) {
      // 409: another conditional put of the same key is under way. 404: the one to be replaced is gone.
      if ([404, 409, 412].includes(statusOf(error) ?? 0)) throw new Overtaken(key);
      throw error;
    }
  }

  const remove = async (key: string) => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  };

  return { tagOf, tagsUnder, put, remove };
}

const statusOf = (error: unknown) =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
