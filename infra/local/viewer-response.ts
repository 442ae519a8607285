import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import type { HttpReply } from './http-message.ts';

const changedReply = z.looseObject({
  statusCode: z.number(),
  headers: z.record(z.string(), z.looseObject({ value: z.string() })).default({}),
});

export type ViewerResponse = (reply: HttpReply) => Promise<HttpReply>;

/** A CloudFront function for answers. It sees status and headers, no body, and nothing of 400 and more. */
export function viewerResponse(code: string): ViewerResponse {
  const handler: unknown = runInNewContext(`${code}\n;handler`, { console: {}, Date }, { timeout: 100 });
  if (typeof handler !== 'function') throw new Error('A CloudFront function must be called handler');
  return async (reply) => {
    if (reply.status >= 400) return reply;
    const single = Object.entries(reply.headers).filter(([, value]) => typeof value === 'string');
    const event = {
      version: '1.0',
      context: { eventType: 'viewer-response' },
      response: {
        statusCode: reply.status,
        headers: Object.fromEntries(single.map(([name, value]) => [name, { value }])),
      },
    };
    const { statusCode, headers } = changedReply.parse(JSON.parse(JSON.stringify(await handler(event))));
    const repeated = Object.entries(reply.headers).filter(([, value]) => typeof value !== 'string');
    const changed = Object.entries(headers).map(([name, { value }]) => [name, value]);
    return { ...reply, status: statusCode, headers: Object.fromEntries([...repeated, ...changed]) };
  };
}
