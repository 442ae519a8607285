import { globSync } from 'node:fs';
import { basename } from 'node:path';
import type { Row } from './row.ts';

/** `npm run bench`, or `npm run bench -- <name>`: one table of ratios, each to something measured in the same run. */
const folder = import.meta.dirname;
const known = globSync('*.bench.ts', { cwd: folder }).map((file) => basename(file, '.bench.ts'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length) {
  console.error(`no benchmark "${unknown.join('", "')}": there are ${known.join(', ')}`);
  process.exit(2);
}
const table: Record<string, string>[] = [];
for (const name of wanted.length ? wanted : known) {
  const { bench } = (await import(`./${name}.bench.ts`)) as { bench: () => Promise<Row[]> };
  for (const row of await bench()) table.push(line(name, row));
}
console.table(table);
process.exit(table.some(({ holds }) => holds === 'NO') ? 1 : 0);

function line(bench: string, { what, measured, atLeast, atMost, unit = '×' }: Row) {
  const holds =
    (atLeast === undefined || measured >= atLeast) && (atMost === undefined || measured <= atMost);
  const limit = atLeast === undefined ? atMost && `≤ ${atMost}` : `≥ ${atLeast}`;
  return {
    bench,
    what,
    measured: `${round(measured)} ${unit}`,
    wanted: limit ? `${limit} ${unit}` : 'as measured',
    holds: holds ? 'yes' : 'NO',
  };
}

function round(value: number) {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
