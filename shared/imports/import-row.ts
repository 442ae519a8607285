import type { EventInput } from '../events/event-input.ts';

/** What is wrong, or odd, in a row: `column` is the column of a CSV file, or the property of an iCalendar file. */
export type RowFault = { column: string; message: string };

/** What a row says: an event to be as it says, one to be called off, or nothing that can be understood. */
export type ReadRow =
  | { event: EventInput; isPublished: boolean; warnings?: RowFault[] }
  | { cancels: { reason: string } }
  | { faults: RowFault[] };

export type ImportRow = { row: number; externalId: string; read: ReadRow };

/** Where a file says what an import itself finds wrong. */
export type Columns = {
  externalId: string;
  districts: string;
  audience: string;
  status: string;
  recurrence: string;
  /** Whether such a file can say that single dates of a series are off or different. */
  saysDays: boolean;
};
