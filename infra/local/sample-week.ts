import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const dayMs = 86_400_000;

/**
 * The sample week moved by whole weeks, so that it begins on the first Monday after the given instant and every
 * event keeps its weekday. Recurrence ends move along.
 */
export function movedWeek(csv: string, now: number) {
  const [header = [], ...rows] = z.array(z.array(z.string())).parse(parse(csv, { bom: true }));
  const cell = (row: string[], name: string) => row[header.indexOf(name)] ?? '';
  const firstDay = Math.min(...rows.map((row) => dayOf(cell(row, 'start'))));
  const moveDays = nextMonday(now) - mondayOf(firstDay);
  const moved = rows.map((row) => row.map((value, index) => move(value, header[index] ?? '', moveDays)));
  return [header, ...moved].map((row) => row.map(quote).join(',')).join('\r\n');
}

function move(value: string, column: string, days: number) {
  if (column === 'start' || column === 'end')
    return value.replace(/^\d{4}-\d{2}-\d{2}/, (date) => isoDate(dayOf(date) + days));
  if (column === 'rrule')
    return value.replace(
      /(UNTIL=)(\d{4})(\d{2})(\d{2})/,
      (_, name: string, year: string, month: string, day: string) => {
        return name + isoDate(dayOf(`${year}-${month}-${day}`) + days).replaceAll('-', '');
      },
    );
  return value;
}

/** Days since 1970-01-01, a Thursday. */
const dayOf = (text: string) => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / dayMs;
const isoDate = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);
const mondayOf = (day: number) => day - ((day + 3) % 7);
const nextMonday = (now: number) => mondayOf(Math.floor(now / dayMs)) + 7;
const quote = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export type ImportDeps = { csv: string; siteOrigin: string; token: () => Promise<string>; now: () => number };

const answer = z.looseObject({
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  failed: z.number(),
  rows: z.array(
    z.looseObject({ row: z.number(), outcome: z.string(), errors: z.array(z.unknown()).default([]) }),
  ),
});

/** Brings the sample week in as an admin would: through the API. Answers what to tell whoever started the host. */
export async function importSampleWeek({ csv, siteOrigin, token, now }: ImportDeps) {
  const reply = await fetch(`${siteOrigin}/api/v1/imports?dryRun=false`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv; charset=utf-8', authorization: `Bearer ${await token()}` },
    body: movedWeek(csv, now()),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`the sample week was refused: ${reply.status} ${text.slice(0, 300)}`);
  const { created, updated, unchanged, failed, rows } = answer.parse(JSON.parse(text));
  const bad = rows.filter(({ outcome }) => outcome === 'failed');
  return [
    `sample week: ${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed`,
    ...bad.map(({ row, errors }) => `sample week, row ${row}: ${JSON.stringify(errors)}`),
  ];
}
