import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, bundled } from '../../infra/build.ts';
import type { Row } from './row.ts';

const RUNS = 25;

/**
 * The site as Lambda starts it: a fresh process until the handler can be called, against one whose function does
 * nothing, built the same way. By turns, and the shortest of each counts: the machine has other work.
 */
export async function starting(): Promise<Row[]> {
  await build({ force: 'essex' });
  const folder = mkdtempSync(join(tmpdir(), 'streetmeet-bench-'));
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
    const took = { site: Infinity, empty: Infinity };
    for (let run = 0; run < RUNS; run++) {
      took.empty = Math.min(took.empty, start(empty));
      took.site = Math.min(took.site, start(site));
    }
    return [
      {
        what: "the site's start against an empty function's",
        measured: took.site / took.empty,
        atMost: 1.6,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const waitForHandler = `const { handler } = await import(process.argv[1]);
if (typeof handler !== 'function') throw new Error('there is no handler');
process.exit(0);`;

/** Milliseconds. */
function start(folder: string): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', waitForHandler, join(folder, 'handler.mjs')],
    { env: settings },
  );
  const took = performance.now() - begin;
  if (status !== 0) throw new Error(String(stderr));
  return took;
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
