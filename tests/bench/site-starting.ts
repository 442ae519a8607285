import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, bundled } from '../../infra/build.ts';
import type { Row } from './row.ts';

const RUNS = 25;

/**
 * The site as Lambda starts it: a fresh process until the handler can be called, and until it has answered a first
 * page, against one whose function does nothing, built the same way. By turns, and the shortest of each counts: the
 * machine has other work.
 */
export async function starting(): Promise<Row[]> {
  await build({ force: 'essex' });
  const folder = mkdtempSync(join(tmpdir(), 'streetmeet-bench-'));
  const table = await emptyTable();
  try {
    const site = join(folder, 'site');
    cpSync(new URL('../../dist/functions/site/', import.meta.url), site, {
      recursive: true,
      filter: (file) => !file.endsWith('.map'),
    });
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    writeFileSync(join(folder, 'empty.ts'), 'export const handler = async () => ({ statusCode: 204 });');
    const { outputFiles } = await bundled(join(folder, 'empty.ts'), empty);
    for (const { path, contents } of outputFiles) if (path.endsWith('.mjs')) writeFileSync(path, contents);
    const took = { site: Infinity, empty: Infinity, page: Infinity };
    for (let run = 0; run < RUNS; run++) {
      took.empty = Math.min(took.empty, await timeOf(empty, waitForHandler, table.endpoint));
      took.site = Math.min(took.site, await timeOf(site, waitForHandler, table.endpoint));
      took.page = Math.min(took.page, await timeOf(site, waitForPage, table.endpoint));
    }
    return [
      {
        what: "the site's start against an empty function's",
        measured: took.site / took.empty,
        atMost: 1.6,
      },
      {
        what: 'start and first page of a district together, against the same',
        measured: took.page / took.empty,
      },
    ];
  } finally {
    table.stop();
    rmSync(folder, { recursive: true });
  }
}

const waitForHandler = `const { handler } = await import(process.argv[1]);
if (typeof handler !== 'function') throw new Error('there is no handler');
process.exit(0);`;

const waitForPage = `const { handler } = await import(process.argv[1]);
const http = { method: 'GET', path: '/southend', sourceIp: '192.0.2.1' };
const asked = { version: '2.0', rawPath: '/southend', rawQueryString: '', headers: {}, requestContext: { http } };
const { statusCode } = await handler(asked, {});
if (statusCode !== 200) throw new Error('there is no page: ' + statusCode);
process.exit(0);`;

/** Milliseconds. */
async function timeOf(folder: string, code: string, endpoint: string): Promise<number> {
  const begin = performance.now();
  const started = spawn(process.execPath, ['--input-type=module', '-e', code, join(folder, 'handler.mjs')], {
    env: { ...settings, AWS_ENDPOINT_URL: endpoint },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [status] = await once(started, 'exit');
  const took = performance.now() - begin;
  if (status !== 0) throw new Error(`it ended with ${status}`);
  return took;
}

/** Answers every read with nothing: the table's own time is not the site's. */
async function emptyTable() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end('{"Items":[]}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  };
}

const settings = {
  TABLE_NAME: 'table',
  SITE_ORIGIN: 'https://events.example',
  SECRET_ARN: 'arn:aws:secretsmanager:eu-west-2:1:secret:signing',
  EDGE_PROOF: 'an edge proof',
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
};
