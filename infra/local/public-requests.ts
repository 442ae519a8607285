import type { IncomingMessage, ServerResponse } from 'node:http';
import { mostBytes } from './http-api.ts';
import { type HttpReply, type HttpRequest, jsonHttpReply, type Origin } from './http-message.ts';

/** Reads a request, has it answered, writes the answer. */
export async function answerWith(origin: Origin, request: IncomingMessage, response: ServerResponse) {
  const body = await readBody(request);
  if (!body) return write(response, 'GET', jsonHttpReply(413, { message: 'Request Entity Too Large' }));
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  const clientAddress = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const asked: HttpRequest = { method: request.method ?? 'GET', path, query, headers, body, clientAddress };
  write(response, asked.method, await origin(asked));
}

function write(response: ServerResponse, method: string, { status, headers, body }: HttpReply) {
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, {
    date: new Date().toUTCString(),
    ...headers,
    ...(hasBody && { 'content-length': body.length }),
  });
  response.end(method === 'HEAD' || !hasBody ? undefined : body);
}

/** Nothing when it is larger than API Gateway takes; the rest is read and dropped, so that the answer arrives. */
async function readBody(request: IncomingMessage) {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if ((length === undefined || length === '0') && coding === undefined) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  return size <= mostBytes ? Buffer.concat(chunks) : undefined;
}
