import { CsvError, parse } from 'csv-parse/sync';
import { Invalid } from '../runtime/errors.ts';
import { readText } from './read-text.ts';

export const columns = [
  'externalId',
  'title',
  'summary',
  'description',
  'kind',
  'districts',
  'team',
  'campaign',
  'start',
  'end',
  'allDay',
  'venueName',
  'address',
  'postcode',
  'latitude',
  'longitude',
  'access',
  'partners',
  'bookingUrl',
  'capacity',
  'audience',
  'rrule',
  'publish',
] as const;

export type Column = (typeof columns)[number];
export type Cells = Partial<Record<Column, string>>;
/** One row: its number (the first after the header is 1), its cells, and what is wrong with its shape. */
export type CsvRow = { row: number; cells: Cells; fault?: string };

/** Where a download of broken rows says what is wrong with them. Such a file comes back when it was repaired. */
export const FAULTS = 'errors';

/** Columns without which no row makes an event. */
const needed: Column[] = ['externalId', 'title', 'kind', 'districts', 'team', 'start', 'end'];

/**
 * The rows of a CSV file in UTF-8 (with or without BOM) or Windows-1252, separated by commas or semicolons.
 * @param mayReturn whether it may be a download of broken rows
 * @throws Invalid naming the column or the row that makes the whole file unreadable
 */
export function readCsv(bytes: Uint8Array, { mayReturn = false } = {}): CsvRow[] {
  const [header, ...rows] = recordsOf(readText(bytes));
  if (!header) throw new Invalid([{ pointer: '', message: 'is empty: the first row must name the columns' }]);
  const names = header.map((name) => columnNamed(name) ?? name.trim());
  const isReturned = mayReturn && names.includes(FAULTS);
  const isKnown = (name: string) => isColumn(name) || (isReturned && name === FAULTS);
  const faults = [
    ...names.filter((name) => !isKnown(name)).map((name) => `"${name}" is not a column of an import`),
    ...names
      .filter((name, place) => names.indexOf(name) !== place)
      .map((name) => `column "${name}" appears twice`),
    ...needed.filter((name) => !names.includes(name)).map((name) => `column "${name}" is missing`),
  ];
  if (faults.length)
    throw new Invalid(
      faults.map((message) => ({ pointer: '', message })),
      'The header row is not right',
    );
  return rows.map((record, place) => ({
    row: place + 1,
    cells: Object.fromEntries(
      names
        .map((name, column): [string, string] => [name, record[column]?.trim() ?? ''])
        .filter(([name]) => name !== FAULTS)
        .map(([name, cell]) => [name, isReturned ? cell.replace(NEUTRALISED, '') : cell]),
    ),
    fault:
      record.length === names.length
        ? undefined
        : `has ${record.length} cells where the header has ${names.length}`,
  }));
}

function recordsOf(text: string): string[][] {
  const firstLine = text.slice(0, text.search(/\r|\n|$/));
  const delimiter = firstLine.split(';').length > firstLine.split(',').length ? ';' : ',';
  try {
    return parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Invalid(
      [{ pointer: '', message: `row ${Number(error.records)}: ${error.message}` }],
      'The file is not CSV',
    );
  }
}

/** The mark that our CSV files put before what a spreadsheet would take for a formula. */
const NEUTRALISED = /^'(?=\s*[=+\-@＝＋－＠])/;

const plain = (name: string) => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
const byPlainName = new Map(columns.map((name) => [plain(name), name]));

/** `Venue name` and `venue_name` are `venueName`: no two columns are the same without case and signs. */
const columnNamed = (name: string) => byPlainName.get(plain(name));

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);
