import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What ends TLS in front of AWS: tells the emulator that a request came by https. Without it every queue,
 * topic and bucket refuses it, as our policies demand.
 */
export async function startFront(emulatorPort: number) {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, answer) => {
    const onwards = request({
      host: '127.0.0.1',
      port: emulatorPort,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, 'x-forwarded-proto': 'https' },
      agent,
    });
    onwards.on('error', () => answer.destroy());
    onwards.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
      response.pipe(answer);
    });
    incoming.pipe(onwards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
