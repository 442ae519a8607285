import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import type { HttpReply, HttpRequest } from './http-message.ts';
import type { Resources } from './resources.ts';

const schema = z.strictObject({
  Name: z.string(),
  AutoPublish: z.literal(true),
  FunctionCode: z.string(),
  FunctionConfig: z.strictObject({
    Comment: z.unknown().optional(),
    Runtime: z.enum(['cloudfront-js-1.0', 'cloudfront-js-2.0']),
  }),
});

const value = z.looseObject({ value: z.string() });
const changedRequest = z.looseObject({
  method: z.string(),
  uri: z.string(),
  querystring: z.record(z.string(), value).default({}),
  headers: z.record(z.string(), value).default({}),
  cookies: z.record(z.string(), value).default({}),
});
const ownReply = z.looseObject({
  statusCode: z.number(),
  headers: z.record(z.string(), value).default({}),
  body: z.union([z.string(), z.looseObject({ data: z.string() })]).optional(),
});

export type ViewerFunction = (
  request: HttpRequest,
) => Promise<{ request: HttpRequest } | { reply: HttpReply }>;

/** The code of the template's CloudFront functions, by ARN. */
export const viewerCode = (resources: Resources): Map<string, string> =>
  new Map(
    resources
      .ofType('AWS::CloudFront::Function', schema)
      .map(({ ref, properties }) => [ref, properties.FunctionCode]),
  );

/** For requests. It runs in a context of its own, without Node's modules. */
export function viewerFunction(code: string): ViewerFunction {
  const handler: unknown = runInNewContext(`${code}\n;handler`, { console: {}, Date }, { timeout: 100 });
  if (typeof handler !== 'function') throw new Error('A CloudFront function must be called handler');
  return async (request) => {
    const answer: unknown = JSON.parse(JSON.stringify(await handler(toEvent(request))));
    return isReply(answer)
      ? { reply: toReply(ownReply.parse(answer)) }
      : { request: merge(request, changedRequest.parse(answer)) };
  };
}

const isReply = (answer: unknown) => typeof answer === 'object' && answer !== null && 'statusCode' in answer;

function toEvent({ method, path, query, headers, clientAddress }: HttpRequest) {
  const { cookie = '', ...rest } = headers;
  const pairs = (entries: Iterable<[string, string]>) =>
    Object.fromEntries([...entries].map(([name, text]) => [name, { value: text }]));
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'localhost',
      distributionId: 'LOCAL',
      eventType: 'viewer-request',
      requestId: createHash('sha1').update(`${path}${Date.now()}`).digest('base64url'),
    },
    viewer: { ip: clientAddress },
    request: {
      method,
      uri: path,
      querystring: pairs(new URLSearchParams(query)),
      headers: pairs(Object.entries(rest)),
      cookies: pairs(
        cookie
          .split(';')
          .filter((item) => item.includes('='))
          .map((item): [string, string] => {
            const [name = '', ...text] = item.trim().split('=');
            return [name, text.join('=')];
          }),
      ),
    },
  };
}

function merge(request: HttpRequest, changed: z.infer<typeof changedRequest>): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries(changed.headers).map(([name, { value: text }]) => [name, text]),
  );
  const { cookie } = request.headers;
  const query = Object.entries(changed.querystring).map(([name, { value: text }]): [string, string] => [
    name,
    text,
  ]);
  // Untouched, the query keeps its own writing; CloudFront's object form would lose repeated names.
  const same = query.every(([name, text]) => new URLSearchParams(request.query).getAll(name).at(-1) === text);
  return {
    ...request,
    method: changed.method,
    path: changed.uri,
    query: same ? request.query : new URLSearchParams(query).toString(),
    headers: { ...headers, ...(cookie && { cookie }) },
  };
}

const toReply = ({ statusCode, headers, body }: z.infer<typeof ownReply>): HttpReply => ({
  status: statusCode,
  headers: Object.fromEntries(Object.entries(headers).map(([name, { value: text }]) => [name, text])),
  body: Buffer.from(typeof body === 'string' ? body : (body?.data ?? '')),
});
