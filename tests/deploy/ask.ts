import { request } from 'node:http';

export type Answer = { status: number; headers: Record<string, string>; body: string };

type Question = {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  encoding?: BufferEncoding;
};

/** Sends a request to the emulator as if its name were the host's: it tells distributions and APIs apart by it. */
export function ask(
  endpoint: string,
  host: string,
  path: string,
  { method = 'GET', headers = {}, body, encoding = 'utf8' }: Question = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(`${endpoint}${path}`, { method, headers: { ...headers, host }, timeout: 30_000 });
    asking.on('timeout', () =>
      asking.destroy(new Error(`${method} ${host}${path} was not answered in 30 seconds`)),
    );
    asking.on('error', reject);
    asking.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: Buffer.concat(parts).toString(encoding),
        }),
      );
    });
    asking.end(body);
  });
}
