import { z } from 'zod';
import { type Bucket, type ObjectHead, openBucket } from './bucket.ts';
import { readCondition, writeCondition } from './conditions.ts';
import { allows } from './permissions.ts';
import type { Resources } from './resources.ts';
import type { Caller } from './wire.ts';
import { escapeXml, type Service, type WireCall, type WireReply } from './wire-call.ts';

const schema = z.strictObject({
  BucketName: z.string().optional(),
  BucketEncryption: z.unknown().optional(),
  LifecycleConfiguration: z.unknown().optional(),
  PublicAccessBlockConfiguration: z.unknown().optional(),
  OwnershipControls: z.unknown().optional(),
  VersioningConfiguration: z.unknown().optional(),
  LoggingConfiguration: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** The template's buckets, by name. */
export const openBuckets = (resources: Resources, folder: string): Map<string, Bucket> =>
  new Map(
    resources
      .ofType('AWS::S3::Bucket', schema)
      .map(({ ref }) => [ref, openBucket(`${folder}/${ref}.sqlite`)]),
  );

/** S3 behind the wire, addressed by path. */
export const bucketService = (
  buckets: Map<string, Bucket>,
  caller: (call: WireCall) => Caller | undefined,
): Service => ({
  answer(call) {
    const { name, key } = address(call);
    const bucket = buckets.get(name);
    if (!bucket) return refuse(404, 'NoSuchBucket', name);
    if (key === undefined)
      return call.method === 'GET'
        ? list(bucket, name, call.query)
        : refuse(501, 'NotImplemented', call.method);
    switch (call.method) {
      case 'PUT':
        return put(bucket, key, call);
      case 'DELETE':
        bucket.delete(key);
        return { status: 204, headers: {}, body: '' };
      case 'GET':
      case 'HEAD': {
        // Who may not list does not learn that something is missing.
        const mayList = allows(caller(call)?.statements ?? [], {
          action: 's3:ListBucket',
          resource: bucketArn(name),
        });
        return get(bucket, key, call, mayList);
      }
      default:
        return refuse(501, 'NotImplemented', call.method);
    }
  },
  wishes(call) {
    const { name, key } = address(call);
    if (key === undefined) return [{ action: 's3:ListBucket', resource: bucketArn(name) }];
    return [{ action: actions[call.method] ?? `s3:${call.method}`, resource: `${bucketArn(name)}/${key}` }];
  },
  refuse,
  throttle: { status: 503, code: 'SlowDown' },
});

const bucketArn = (name: string) => `arn:aws:s3:::${name}`;
const actions: Record<string, string> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

function address({ path }: WireCall) {
  const [name = '', ...rest] = path.slice(1).split('/');
  const key = decodeURIComponent(rest.join('/'));
  return { name, key: key === '' ? undefined : key };
}

function get(bucket: Bucket, key: string, { method, headers }: WireCall, mayList: boolean): WireReply {
  const found = bucket.get(key);
  if (!found)
    return bare(
      method,
      mayList ? refuse(404, 'NoSuchKey', key) : refuse(403, 'AccessDenied', 'Access Denied'),
    );
  const status = readCondition(found, headers);
  if (status === 304) return { status, headers: describe(found), body: '' };
  if (status === 412) return bare(method, refuse(412, 'PreconditionFailed', key));
  return {
    status,
    headers: { ...describe(found), 'content-length': String(found.size) },
    body: method === 'HEAD' ? '' : found.body,
  };
}

function put(bucket: Bucket, key: string, call: WireCall): WireReply {
  const status = writeCondition(bucket.head(key), call.headers);
  if (status === 412)
    return refuse(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  if (status === 404) return refuse(404, 'NoSuchKey', key);
  const { body, encoding } = plainBody(call);
  const kept = Object.entries(call.headers).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && keptHeader.test(entry[0]),
  );
  const headers = { 'content-type': 'application/octet-stream', ...Object.fromEntries(kept) };
  const { etag } = bucket.put(key, body, { ...headers, ...(encoding && { 'content-encoding': encoding }) });
  return { status: 200, headers: { etag }, body: '' };
}

const keptHeader =
  /^(content-type|cache-control|content-disposition|content-language|expires|x-amz-meta-.*)$/;

/** SDKs send streams in chunks of their own (`aws-chunked`), with a checksum behind. */
function plainBody({ headers, body }: WireCall) {
  const encodings = (headers['content-encoding'] ?? '').split(',').map((name) => name.trim());
  const encoding = encodings.filter((name) => name && name !== 'aws-chunked').join(',');
  if (!encodings.includes('aws-chunked')) return { body, encoding };
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!size) break;
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return { body: Buffer.concat(chunks), encoding };
}

function list(bucket: Bucket, name: string, query: URLSearchParams): WireReply {
  const prefix = query.get('prefix') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const delimiter = query.get('delimiter');
  const folders = new Set<string>();
  const found = bucket.list(prefix).filter(({ key }) => {
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (cut >= 0) folders.add(key.slice(0, cut + 1));
    return cut < 0 && key > after;
  });
  const page = found.slice(0, most);
  const more = found.length > most;
  const contents = page.map(
    ({ key, lastModified, etag, size }) =>
      `<Contents><Key>${escapeXml(key)}</Key><LastModified>${lastModified}</LastModified><ETag>${escapeXml(etag)}</ETag>` +
      `<Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const prefixes = [...folders].map(
    (folder) => `<CommonPrefixes><Prefix>${escapeXml(folder)}</Prefix></CommonPrefixes>`,
  );
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body:
      `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${name}</Name>` +
      `<Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${more}</IsTruncated>` +
      `${more ? `<NextContinuationToken>${escapeXml(page.at(-1)?.key ?? '')}</NextContinuationToken>` : ''}${contents.join('')}${prefixes.join('')}</ListBucketResult>`,
  };
}

/** An object's headers as S3 and CloudFront answer them. */
export const describe = ({ etag, lastModified, headers }: ObjectHead): Record<string, string> => ({
  ...headers,
  etag,
  'last-modified': new Date(lastModified).toUTCString(),
  'accept-ranges': 'bytes',
});

function refuse(status: number, code: string, message: string): WireReply {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${errorCodes[code] ?? code}</Code><Message>${escapeXml(message)}</Message></Error>`,
  };
}

const errorCodes: Record<string, string> = {
  AccessDeniedException: 'AccessDenied',
  InternalServerError: 'InternalError',
};

const bare = (method: string, reply: WireReply): WireReply =>
  method === 'HEAD' ? { ...reply, body: '' } : reply;
