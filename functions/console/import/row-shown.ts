import type { Force } from '../../../shared/force/force.ts';
import type { LookedRow } from '../../../shared/imports/dry-run.ts';
import type { RowFault } from '../../../shared/imports/import-row.ts';
import type { Column } from '../../../shared/imports/read-csv.ts';
import { type Mark, marks, type Upload } from '../../../shared/imports/upload.ts';
import { when } from '../../../shared/words/when.ts';

type Tag = { text: string; colour: string };

const markTags: Partial<Record<Mark, Tag>> = {
  [marks.created]: { text: 'Imported', colour: 'green' },
  [marks.updated]: { text: 'Changed', colour: 'green' },
  [marks.unchanged]: { text: 'No change', colour: 'grey' },
  [marks.withdrawn]: { text: 'Removed', colour: 'grey' },
  [marks.kept]: { text: 'Kept', colour: 'green' },
};
const outcomeTags: Record<NonNullable<LookedRow['outcome']>, Tag> = {
  created: { text: 'New', colour: 'blue' },
  updated: { text: 'Changes', colour: 'yellow' },
  unchanged: { text: 'No change', colour: 'grey' },
  failed: { text: 'Broken', colour: 'red' },
};

/** A row of the file as an officer reads it. */
export function rowShown(looked: LookedRow, { id }: Upload, force: Force) {
  const { row, cells, event, mark, outcome, isOpen, errors, warnings, changes, eventId } = looked;
  const ids = event?.districts ?? (cells.districts ?? '').split('|');
  const isBroken = isOpen && outcome === 'failed';
  return {
    row,
    title: event?.title || cells.title || 'No title',
    externalId: looked.externalId,
    districts: ids.map((each) => force.district.get(each)?.name ?? each).join(', '),
    when: event ? when(event) : [cells.start, cells.end].filter(Boolean).join(' to '),
    tag: markTags[mark] ?? (outcome ? outcomeTags[outcome] : { text: 'Not imported', colour: 'grey' }),
    becomes:
      looked.becomes === 'published' ? 'Published' : looked.becomes === 'draft' ? 'A draft' : undefined,
    changes: changes.filter((field) => field !== 'publishedAt').map(wordsOf),
    errors: errors.map((fault) => faultShown(fault, looked)),
    warnings: warnings.map((fault) => faultShown(fault, looked)),
    repair: isBroken ? `/console/import/${id}/rows/${row}` : undefined,
    href: eventId && mark !== marks.withdrawn ? `/console/events/${eventId}` : undefined,
  };
}

/** What is wrong stands beside what the cell says. */
export const faultShown = ({ column, message }: RowFault, { cells }: Pick<LookedRow, 'cells'>) => ({
  column,
  cell: cells[column as Column],
  message,
});

/** `allDay` as `all day`. */
const wordsOf = (field: string) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
