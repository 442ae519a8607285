import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotRun } from './cannot-run.ts';
import type { DataDirectory } from './data-directory.ts';

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The one port others see, on both loopback addresses, so that `localhost` works whichever it means. With port 0
 * the one of the last time is tried first: links in old messages then still lead here.
 */
export async function openPublicPort(wanted: number, data: DataDirectory) {
  let listener: Listener = (_, response) => {
    response
      .writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' })
      .end('{"status":"starting"}');
  };
  const serve: Listener = (request, response) => listener(request, response);
  const make = () => createServer({ keepAliveTimeout: 5_000 }, serve);
  const first = make();
  const last = Number(data.readJson('port.json'));
  const port =
    wanted === 0
      ? await listen(first, Math.max(last, 0), '127.0.0.1').catch(() => listen(first, 0, '127.0.0.1'))
      : await listen(first, wanted, '127.0.0.1').catch((error: NodeJS.ErrnoException) => {
          throw new CannotRun(portProblem(wanted, error.code));
        });
  data.writeJson('port.json', port);
  const second = make();
  const servers: Server[] = [first];
  await listen(second, port, '::1').then(
    () => servers.push(second),
    // No IPv6 here; a port taken on it only would give `localhost` to somebody else.
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return;
      first.close();
      throw new CannotRun(portProblem(port, error.code));
    },
  );
  return {
    port,
    origin: `http://localhost:${port}`,
    answerWith(given: Listener) {
      listener = given;
    },
    async close() {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}

const portProblem = (port: number, code: string | undefined) =>
  code === 'EADDRINUSE'
    ? `PORT ${port} is already in use: end what uses it, or set another PORT (0 picks a free one)`
    : `PORT ${port} cannot be used (${code})`;

function listen(server: Server, port: number, host: string) {
  return new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
