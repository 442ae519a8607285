import type { CheckedInput } from '../desk/checked-input.ts';
import type { Force } from '../force/force.ts';
import { calendarColumns, calendarRows } from './calendar-rows.ts';
import { first, lineOf } from './calendar-texts.ts';
import type { Columns, ImportRow } from './import-row.ts';
import { readCalendar } from './read-calendar.ts';
import { type Cells, readCsv } from './read-csv.ts';
import { few } from './read-import.ts';
import { csvColumns, csvRows } from './row-to-event.ts';
import type { Repairs, Upload } from './upload.ts';

/** A row as it stands in the file, with what was repaired: words for whoever looks at it. */
export type UploadedRow = ImportRow & { cells: Cells };

type Setting = { force: Force; input: CheckedInput };
type Source = Pick<Upload, 'form' | 'defaults'> & { bytes: Uint8Array; repairs: Repairs };

/** What an upload says. @throws Invalid when it cannot be read as a whole */
export function readUpload(source: Source, setting: Setting): { rows: UploadedRow[]; columns: Columns } {
  return source.form === 'csv' ? readTable(source, setting) : readEvents(source, setting);
}

function readTable({ bytes, repairs }: Source, { input }: Setting) {
  const rows = few(readCsv(bytes, { mayReturn: true })).map((row) => {
    const repaired = repairs.get(row.row);
    return repaired ? { row: row.row, cells: repaired } : row;
  });
  const cells = new Map(rows.map((row) => [row.row, row.cells]));
  return {
    rows: csvRows(rows, input).map((row) => ({ ...row, cells: cells.get(row.row) ?? {} })),
    columns: csvColumns,
  };
}

/** What a calendar does not say of one of its events can be said for that one. */
function readEvents({ bytes, repairs, defaults }: Source, { force, input }: Setting) {
  const events = few(readCalendar(bytes));
  const saidOf = (row: number) => {
    const { districts, kind, team } = repairs.get(row) ?? {};
    return {
      ...defaults,
      ...(districts && { district: districts }),
      ...(kind && { kind }),
      ...(team && { team }),
    };
  };
  const components = new Map(events.map(({ row, component }) => [row, component]));
  const cellsOf = (row: number): Cells => {
    const component = components.get(row);
    if (!component) return {};
    return {
      title: lineOf(component, 'SUMMARY') ?? '',
      start: first(component, 'DTSTART')?.value ?? '',
      end: first(component, 'DTEND')?.value ?? '',
      ...repairs.get(row),
    };
  };
  const read = calendarRows(events, { force, input, defaults, saidOf });
  return {
    rows: read.map((row) => ({ ...row, cells: { externalId: row.externalId, ...cellsOf(row.row) } })),
    columns: calendarColumns,
  };
}
