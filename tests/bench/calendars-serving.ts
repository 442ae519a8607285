import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { startHost } from '../support/host.ts';
import type { Row } from './row.ts';

const SECONDS = 2;
const AT_ONCE = 16;

/** The edge of the one-machine host serving the sample week, against a bare server that answers 204. */
export async function serving(): Promise<Row[]> {
  const bare = spawn(process.execPath, ['-e', bareServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  const host = await startHost({ settings: { SAMPLE_DATA: 'on' } });
  try {
    const [port] = (await once(bare.stdout, 'data')) as [Buffer];
    const nothing = `http://127.0.0.1:${String(port).trim()}/`;
    const calendar = new URL('/calendars/all.ics', host.url).href;
    const { headers } = await fetch(calendar, { headers: { 'accept-encoding': 'gzip' } });
    const etag = headers.get('etag') ?? '';
    const zipped = { 'accept-encoding': 'gzip' };
    await rate(calendar, 200, zipped);
    const base = await rate(nothing, 204);
    const whole = await rate(calendar, 200, zipped);
    const unchanged = await rate(calendar, 304, { ...zipped, 'if-none-match': etag });
    return [
      { what: 'serving the sample week, 200, against a bare 204', measured: whole / base, atLeast: 0.5 },
      { what: 'serving the sample week, 304, against a bare 204', measured: unchanged / base, atLeast: 0.6 },
    ];
  } finally {
    bare.kill();
    await host.stop();
  }
}

const bareServer = `require('node:http').createServer((_, answer) => answer.writeHead(204).end())
  .listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;

/** Answers a second with this status, over connections that are kept. */
async function rate(url: string, status: number, headers: Record<string, string> = {}): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const until = performance.now() + SECONDS * 1000;
  let answers = 0;
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers }, (answer) => {
        if (answer.statusCode !== status) reject(new Error(`${url} answers ${answer.statusCode}`));
        answer.resume().on('end', resolve);
      }).on('error', reject);
    });
  const client = async () => {
    while (performance.now() < until) {
      await ask();
      answers++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  agent.destroy();
  return answers / SECONDS;
}
