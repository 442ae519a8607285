import type { CountedRow } from './counter-store.ts';

/** What rows count together, by its name. */
export const sumOf = (rows: CountedRow[]) => (name: string) =>
  rows.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);
