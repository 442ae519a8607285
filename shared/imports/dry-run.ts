import type { Edit } from '../events/edit-event.ts';
import type { EventInput } from '../events/event-input.ts';
import type { EventStore } from '../events/event-store.ts';
import type { Status } from '../events/event-terms.ts';
import type { Force } from '../force/force.ts';
import type { Officer } from '../identity/officer.ts';
import { importEvents } from './import-events.ts';
import type { Outcome } from './import-report.ts';
import type { Columns, RowFault } from './import-row.ts';
import type { UploadedRow } from './read-upload.ts';
import { idOfRow, type Mark, marks, type Upload } from './upload.ts';

/** A row as an officer looks at it before, and after, it is imported. */
export type LookedRow = {
  row: number;
  mark: Mark;
  /** Whether it can still be repaired and imported. */
  isOpen: boolean;
  externalId: string;
  cells: UploadedRow['cells'];
  /** What it makes, as far as it is understood. */
  event?: EventInput;
  outcome?: Outcome;
  errors: RowFault[];
  warnings: RowFault[];
  /** What it would change of an event that is there. */
  changes: string[];
  /** What the event would then be. */
  becomes?: Status;
  /** The event that it made. */
  eventId?: string;
};

type Setting = {
  officer: Officer;
  deps: {
    events: Pick<EventStore, 'findByExternalId'>;
    force: Force;
    now: () => Date;
    newId: () => string;
  };
  /** Rows to be looked at closely. */
  isWanted?: (row: number) => boolean;
};

/** What would become of the rows that are not in yet, and the edits that would be made. Nothing is written. */
export async function dryRun(
  upload: Upload,
  { rows, columns }: { rows: UploadedRow[]; columns: Columns },
  { officer, deps, isWanted = () => true }: Setting,
): Promise<{ rows: LookedRow[]; edits: Edit[] }> {
  const markAt = (place: number) => (upload.marks[place] ?? marks.waiting) as Mark;
  const open = new Set(rows.filter((_, place) => isOpen(markAt(place))).map(({ row }) => row));
  const edits = new Map<number, Edit>();
  const report = await importEvents(rows, {
    officer,
    columns,
    importId: upload.id,
    keep: (edit, row) => {
      edits.set(row, edit);
    },
    isWanted: (row) => open.has(row) && upload.stage !== 'undone' && isWanted(row),
    idOf: (row) => idOfRow(upload, row),
    deps,
  });
  const reported = new Map(report.rows.map((each) => [each.row, each]));
  return {
    rows: rows.map(({ row, externalId, cells, read }, place) => {
      const mark = markAt(place);
      const { outcome, errors = [], warnings = [] } = reported.get(row) ?? {};
      const edit = edits.get(row);
      return {
        row,
        mark,
        isOpen: isOpen(mark),
        externalId,
        cells,
        event: 'event' in read ? read.event : undefined,
        outcome,
        errors,
        warnings,
        changes: edit?.previous ? edit.version.changes.map(({ field }) => field) : [],
        becomes: edit?.event.status,
        eventId: mark === marks.created || mark === marks.kept ? idOfRow(upload, row) : undefined,
      };
    }),
    edits: [...edits.values()],
  };
}

const isOpen = (mark: Mark) => mark === marks.waiting || mark === marks.failed;
