import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { anEvent } from '../support/an-event.ts';
import type { Row } from './row.ts';

const words = 'Cells, dogs, drones and a chance to sit in a police car. An idea of our “Advisory Group”. ';

/** What Lambda gives Node's heap in a function of 256 MB, about. */
const heap = ['--max-old-space-size=80', '--max-semi-space-size=4'];

/** The peak memory of a process of its own, bundled as in production, that rebuilds the calendar of so many events. */
export async function rebuilding(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'streetmeet-bench-'));
  try {
    const worker = join(folder, 'worker.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('./calendars-rebuild-worker.ts', import.meta.url))],
      outfile: worker,
      bundle: true,
      platform: 'node',
      format: 'esm',
      minify: true,
      banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    });
    const order = {
      count: 50_000,
      forceFile: fileURLToPath(new URL('../../shared/force/essex.json', import.meta.url)),
      event: anEvent({ description: words.repeat(3) }),
    };
    const { stdout } = await promisify(execFile)(process.execPath, [...heap, worker, JSON.stringify(order)]);
    const { megabytes } = JSON.parse(stdout) as { megabytes: number };
    const what = 'peak memory of a rebuild of 50,000 events';
    return [{ what, measured: megabytes, atMost: 256, unit: 'MB' }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
