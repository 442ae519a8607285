import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assets } from '../../infra/assets.ts';
import { bundled } from '../../infra/build.ts';
import { anEvent } from '../support/an-event.ts';
import { essex } from '../support/essex.ts';
import { type Row, shortest } from './row.ts';

const RUNS = 60;
const REQUESTS = 20;

/** A district's page with 100 events, as it was and made anew, against the same bytes written from memory. */
export async function rendering(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'streetmeet-bench-'));
  try {
    const { outputFiles } = await bundled('tests/bench/site-rendering-worker.ts', folder, {
      plugins: [assets(essex)],
    });
    for (const { path, contents } of outputFiles) writeFileSync(path, contents);
    const { open } = (await import(
      join(folder, 'handler.mjs')
    )) as typeof import('./site-rendering-worker.ts');
    const { rendered, anew, kept } = await open({ events: hundred(), force: essex });
    const ask = (origin: string) => async () => {
      for (let request = 0; request < REQUESTS; request++)
        await (await fetch(`${origin}/southend`)).arrayBuffer();
    };
    await ask(rendered.origin)();
    // By turns, and the shortest of each counts: the machine has other work.
    let [whole, changed, bare] = [Infinity, Infinity, Infinity];
    for (let run = 0; run < RUNS; run++) {
      whole = Math.min(whole, await shortest(1, ask(rendered.origin)));
      changed = Math.min(changed, await shortest(1, ask(anew.origin)));
      bare = Math.min(bare, await shortest(1, ask(kept.origin)));
    }
    await Promise.all([rendered, anew, kept].map(({ stop }) => stop()));
    return [
      {
        what: 'a district page with 100 events, asked for again, against its bytes from memory',
        measured: whole / bare,
        atMost: 1.6,
      },
      { what: 'the same, one event of which changed', measured: changed / bare },
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
