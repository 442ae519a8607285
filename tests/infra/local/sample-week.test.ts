import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { movedWeek } from '../../../infra/local/sample-week.ts';

const csv = readFileSync(new URL('../../../infra/local/sample-week.csv', import.meta.url), 'utf8');
type Row = Record<string, string>;
const rows = (text: string): Row[] => parse(text, { columns: true, bom: true });
const weekday = (date = '') => new Date(`${date.slice(0, 10)}T00:00:00Z`).getUTCDay();

test.each(['2026-11-20T11:00:00Z', '2026-11-23T00:00:00Z', '2026-11-22T23:59:59Z', '2027-03-01T00:00:00Z'])(
  'begins on the Monday after %s and keeps every weekday',
  (now) => {
    const before = rows(csv);
    const after = rows(movedWeek(csv, Date.parse(now)));
    expect(after).toHaveLength(95);
    expect(after.map(({ start }) => weekday(start))).toEqual(before.map(({ start }) => weekday(start)));
    const first = after.map(({ start = '' }) => start.slice(0, 10)).sort()[0] ?? '';
    const days = (Date.parse(first) - Date.parse(now)) / 86_400_000;
    expect(days).toBeGreaterThan(0 - 1e-9);
    expect(days).toBeLessThanOrEqual(7);
  },
);

test('moves the end of a recurrence along and touches nothing else', () => {
  const source =
    'title,start,end,rrule\r\n"A, ""b""",2027-01-25T10:00,2027-01-25T11:00,FREQ=WEEKLY;UNTIL=20270308T100000Z\r\n';
  expect(rows(movedWeek(source, Date.parse('2026-11-20T11:00:00Z')))).toEqual([
    {
      title: 'A, "b"',
      start: '2026-11-23T10:00',
      end: '2026-11-23T11:00',
      rrule: 'FREQ=WEEKLY;UNTIL=20270104T100000Z',
    },
  ]);
});
