import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assets } from '../../infra/assets.ts';
import { bundled } from '../../infra/build.ts';
import { forceFile } from '../../infra/force-file.ts';
import { anEvent } from '../support/an-event.ts';
import { essex } from '../support/essex.ts';
import type { Row } from './row.ts';

/**
 * A district's page with 100 events against the same bytes written from memory, in a process of its own, bundled as
 * functions are: as it was, after an edit of one event, and after an edit of each.
 */
export async function rendering(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'streetmeet-bench-'));
  try {
    const { outputFiles } = await bundled('tests/bench/site-rendering-worker.ts', folder, {
      plugins: [assets(essex)],
    });
    for (const { path, contents } of outputFiles) writeFileSync(path, contents);
    const order = JSON.stringify({ forceFile: fileURLToPath(forceFile('essex')), events: hundred() });
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'handler.mjs'), order]);
    const { bytes, same, oneDiffers, allDiffer } = JSON.parse(stdout) as Record<string, number>;
    const against = (took = 0) => took / (bytes ?? 0);
    return [
      {
        what: 'a district page with 100 events, asked for again, against its bytes from memory',
        measured: against(same),
        atMost: 1.6,
      },
      { what: 'the same, one event of which was edited', measured: against(oneDiffers), atMost: 1.6 },
      { what: 'the same, each event of which was edited', measured: against(allDiffer) },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hundred = () =>
  Array.from({ length: 100 }, (_, place) => {
    const day = String((place % 28) + 1).padStart(2, '0');
    return anEvent(
      {
        title: `Street meet ${place}`,
        kind: 'street-meet',
        start: `2027-02-${day}T10:00`,
        end: `2027-02-${day}T11:30`,
        summary: 'Come and tell your officers what matters in your street.',
      },
      `event-${place}`,
    );
  });
