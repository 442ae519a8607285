import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from './faults.ts';
import { allows } from './permissions.ts';
import type { Statement } from './policy-statements.ts';
import type { Service, WireCall, WireReply } from './wire-call.ts';

export type Caller = { name: string; statements: Statement[] };

/** Who signs with an access key. */
export type Callers = (accessKeyId: string) => Caller | undefined;

export type WireDeps = {
  faults: Faults;
  log: (line: string) => void;
};

/**
 * The one address every AWS client of every function talks to. Which service is meant stands in the scope of the
 * signature, who asks in its access key; the signature itself is not checked. Services join later, because their
 * names hold this address.
 */
export async function openWire({ faults, log }: WireDeps) {
  const services: Record<string, Service> = {};
  let caller: Callers = () => undefined;
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void serve(request, response).catch((error: unknown) => {
      log(`wire: ${error instanceof Error ? error.stack : String(error)}`);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const body = await readBody(request);
    const signature = readSignature(request.headers.authorization);
    const service = signature && services[signature.service];
    if (!signature || !service) {
      log(
        `wire: nothing here answers ${signature?.service ?? 'an unsigned request'} (${request.method} ${request.url})`,
      );
      return send(response, { status: 501, headers: {}, body: 'No such service on this machine' });
    }
    const call = toCall(request, signature, body);
    const refusal = refuse(service, call, caller(signature.accessKeyId));
    if (refusal) return send(response, refusal);
    const fault = faults.strike(call.service);
    if (fault === 'throttle')
      return send(
        response,
        service.refuse(service.throttle.status, service.throttle.code, 'Rate exceeded (injected)'),
      );
    if (fault === 'error')
      return send(response, service.refuse(500, 'InternalServerError', 'Something broke (injected)'));
    const reply = await service.answer(call);
    if (fault === 'lost-reply') return response.destroy();
    return send(response, reply);
  }

  function refuse(service: Service, call: WireCall, from: Caller | undefined) {
    const wish = service.wishes(call).find((wanted) => !from || !allows(from.statements, wanted));
    if (!wish) return undefined;
    const message = `${from?.name ?? 'somebody unknown'} is not allowed ${wish.action} on ${wish.resource}`;
    log(`AccessDenied: ${message}`);
    return service.refuse(403, 'AccessDeniedException', message);
  }

  return {
    origin: `http://127.0.0.1:${port}`,
    join(added: Record<string, Service>, callers: Callers) {
      Object.assign(services, added);
      caller = callers;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Wire = Awaited<ReturnType<typeof openWire>>;

type Signature = { accessKeyId: string; service: string };

function readSignature(authorization = ''): Signature | undefined {
  const [, accessKeyId, service] =
    /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization) ?? [];
  return accessKeyId && service ? { accessKeyId, service } : undefined;
}

function toCall(request: IncomingMessage, signature: Signature, body: Buffer): WireCall {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
  return {
    ...signature,
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body,
  };
}

function send(response: ServerResponse, { status, headers, body }: WireReply) {
  response.writeHead(status, {
    'x-amzn-requestid': randomUUID(),
    // Node dates replies by the machine's clock; an SDK that sees another time than its own corrects itself.
    date: new Date().toUTCString(),
    ...headers,
    'content-length': headers['content-length'] ?? Buffer.byteLength(body),
  });
  response.end(body);
}

async function readBody(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
