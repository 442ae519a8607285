import type { CheckedInput } from '../desk/checked-input.ts';
import type { Kind } from '../events/event-terms.ts';
import type { Force } from '../force/force.ts';
import { Invalid } from '../runtime/errors.ts';
import { calendarColumns, calendarRows } from './calendar-rows.ts';
import type { Columns, ImportRow } from './import-row.ts';
import { readCalendar } from './read-calendar.ts';
import { readCsv } from './read-csv.ts';
import { csvColumns, csvRows } from './row-to-event.ts';

/** A year of a busy force's events; what fits one Lambda argument. */
export const MAX_IMPORT_BYTES = 2 * 1024 * 1024;
const MAX_ROWS = 1000;

type Read = { rows: ImportRow[]; columns: Columns };

/** What the rows of a CSV file say. @throws Invalid when it is not one, or has more than 1,000 rows */
export const csvImport = (bytes: Uint8Array, input: CheckedInput): Read => ({
  rows: csvRows(few(readCsv(bytes)), input),
  columns: csvColumns,
});

/**
 * What the events of an iCalendar file say; the defaults are for those that name none.
 * @throws Invalid when it is not one, or has more than 1,000 events
 */
export const calendarImport = (
  bytes: Uint8Array,
  setting: {
    force: Force;
    input: CheckedInput;
    defaults: { district?: string; kind?: Kind; team?: string; isPublished: boolean };
  },
): Read => ({ rows: calendarRows(few(readCalendar(bytes)), setting), columns: calendarColumns });

/** @throws Invalid when there are more than 1,000 */
export function few<Row>(rows: Row[]): Row[] {
  if (rows.length > MAX_ROWS)
    throw new Invalid([{ pointer: '', message: `has ${rows.length} rows; send ${MAX_ROWS} at a time` }]);
  return rows;
}
