import { gzipSync } from 'node:zlib';
import type { HttpReply, HttpRequest } from './http-message.ts';

/** CloudFront's list, as far as we serve any of it: `text/calendar` is not on it. */
const compressible =
  /^(text\/(html|css|plain|xml|csv|javascript|x-component|markdown|richtext)|application\/(json|javascript|xml|rss\+xml|xhtml\+xml|x-javascript|manifest\+json|vnd\.api\+json|ld\+json|graphql)|image\/svg\+xml|font\/(otf|ttf|opentype))\b/;

/** An answer as the edge sends it to who takes gzip. */
export function compress(reply: HttpReply, { headers }: HttpRequest): HttpReply {
  const type = String(reply.headers['content-type'] ?? '');
  const fits = reply.body.length >= 1000 && reply.body.length <= 10_000_000;
  const wanted = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(headers['accept-encoding'] ?? '');
  if (
    !fits ||
    !wanted ||
    reply.status !== 200 ||
    reply.headers['content-encoding'] ||
    !compressible.test(type)
  )
    return reply;
  const { etag, ...rest } = reply.headers;
  return {
    ...reply,
    headers: {
      ...rest,
      ...(typeof etag === 'string' && { etag: etag.startsWith('W/') ? etag : `W/${etag}` }),
      'content-encoding': 'gzip',
      vary: 'Accept-Encoding',
    },
    body: gzipSync(reply.body),
  };
}
