/** One line of the table: what was measured, and what it must hold to, if anything. */
export type Row = { what: string; measured: number; atLeast?: number; atMost?: number; unit?: string };

/** The shortest of several runs, in milliseconds. */
export async function shortest(runs: number, work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const begin = performance.now();
    await work();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}
