import type { Bucket } from './bucket.ts';
import { describe } from './buckets.ts';
import { readCondition } from './conditions.ts';
import { type Origin, textReply } from './http-message.ts';
import { region } from './place.ts';

/** The buckets as the edge sees them, by domain. */
export const bucketOrigins = (buckets: Map<string, Bucket>): Map<string, Origin> =>
  new Map([...buckets].map(([name, bucket]) => [`${name}.s3.${region}.amazonaws.com`, bucketOrigin(bucket)]));

const bucketOrigin =
  (bucket: Bucket): Origin =>
  async ({ method, path, headers }) => {
    if (method !== 'GET' && method !== 'HEAD') return xmlError(405, 'MethodNotAllowed');
    const key = decode(path).slice(1);
    const head = bucket.head(key);
    if (!head) return xmlError(404, 'NoSuchKey');
    const status = readCondition(head, headers);
    if (status === 412) return xmlError(412, 'PreconditionFailed');
    if (status === 304) {
      const { 'content-type': _, 'content-encoding': __, ...rest } = describe(head);
      return { status, headers: rest, body: Buffer.alloc(0) };
    }
    const found = bucket.get(key);
    return found ? { status, headers: describe(found), body: found.body } : xmlError(404, 'NoSuchKey');
  };

const xmlError = (status: number, code: string) =>
  textReply(
    status,
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`,
    'application/xml',
  );

function decode(path: string) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
