import type { z } from 'zod';
import type { CheckedInput } from '../desk/checked-input.ts';
import { faultsOf } from '../http/request.ts';
import type { Columns, ImportRow, ReadRow, RowFault } from './import-row.ts';
import { type LocalTime, localTimeIn } from './local-time.ts';
import { type Cells, type Column, type CsvRow, columns } from './read-csv.ts';
import { garbled, isGarbled } from './read-text.ts';

export const csvColumns: Columns = {
  externalId: 'externalId',
  districts: 'districts',
  audience: 'audience',
  status: 'publish',
  recurrence: 'rrule',
  saysDays: false,
};

export const csvRows = (rows: CsvRow[], input: CheckedInput): ImportRow[] =>
  rows.map((csv) => ({
    row: csv.row,
    externalId: csv.cells.externalId ?? '',
    read: rowToEvent(csv, input),
  }));

/** Where a member of an event stands in the file. */
const columnOf: Record<string, Column> = {
  '/venue/name': 'venueName',
  '/venue/address': 'address',
  '/venue/postcode': 'postcode',
  '/venue/latitude': 'latitude',
  '/venue/longitude': 'longitude',
  '/venue/access': 'access',
  '/recurrence/rrule': 'rrule',
  '/recurrence': 'rrule',
};

const yes = new Set(['yes', 'y', 'true', '1']);
const no = new Set(['no', 'n', 'false', '0', '']);

/** What a row says, or each fault with its column. */
function rowToEvent({ cells, fault }: CsvRow, input: CheckedInput): ReadRow {
  if (fault) return { faults: [{ column: '', message: fault }] };
  const lost = columns.filter((column) => isGarbled(cells[column] ?? ''));
  if (lost.length) return { faults: lost.map((column) => ({ column, message: garbled })) };
  const faults: RowFault[] = [];
  const flag = (column: Column) => {
    const word = (cells[column] ?? '').toLowerCase();
    if (!yes.has(word) && !no.has(word)) faults.push({ column, message: 'must be yes or no' });
    return yes.has(word);
  };
  const allDay = flag('allDay');
  const isPublished = flag('publish');
  const start = localTimeIn(cells.start ?? '');
  const end = localTimeIn(cells.end ?? '');
  const parsed = input.safeParse(membersOf({ ...cells, start: start.value, end: end.value }, allDay));
  if (!cells.externalId) faults.push({ column: 'externalId', message: 'must not be empty' });
  if (start.fault) faults.push({ column: 'start', message: start.fault });
  if (end.fault) faults.push({ column: 'end', message: end.fault });
  const isSaid = new Set(faults.map(({ column }) => column));
  if (!parsed.success) faults.push(...faultsIn(parsed.error).filter(({ column }) => !isSaid.has(column)));
  if (!parsed.success || faults.length) return { faults };
  return { event: parsed.data, isPublished, warnings: doubts({ start, end }) };
}

/** How times were read that could be read otherwise; the same day once. */
const doubts = (times: { start: LocalTime; end: LocalTime }): RowFault[] =>
  (['start', 'end'] as const).flatMap((column) => {
    const { warning } = times[column];
    const isSame = column === 'end' && warning === times.start.warning;
    return warning && !isSame ? [{ column, message: warning }] : [];
  });

function membersOf(cells: Cells, allDay: boolean) {
  const given = (column: Column) => cells[column] || undefined;
  const many = (column: Column) =>
    (cells[column] ?? '')
      .split('|')
      .map((value) => value.trim())
      .filter(Boolean);
  /** A cell that is no number goes on as it is, so that its fault names it. */
  const number = (column: Column) => {
    const value = given(column);
    return value === undefined || Number.isNaN(Number(value)) ? value : Number(value);
  };
  const place = ['venueName', 'address', 'postcode'] as const;
  return {
    externalId: given('externalId'),
    title: cells.title,
    summary: cells.summary,
    description: cells.description,
    kind: given('kind'),
    districts: many('districts'),
    team: given('team'),
    campaign: given('campaign'),
    start: given('start'),
    end: given('end'),
    allDay,
    venue: place.some(given)
      ? {
          name: cells.venueName ?? '',
          address: cells.address,
          postcode: cells.postcode,
          ...(given('latitude') && { latitude: number('latitude') }),
          ...(given('longitude') && { longitude: number('longitude') }),
          access: many('access'),
        }
      : undefined,
    partners: many('partners'),
    bookingUrl: given('bookingUrl'),
    capacity: number('capacity'),
    audience: given('audience'),
    recurrence: given('rrule') && { rrule: given('rrule') },
  };
}

const faultsIn = (error: z.ZodError): RowFault[] =>
  faultsOf(error).map(({ pointer, message }) => {
    const whole = pointer.replace(/\/\d+$/, '');
    return { column: columnOf[whole] ?? whole.split('/')[1] ?? '', message };
  });
