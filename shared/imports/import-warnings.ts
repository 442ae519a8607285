import type { ImportedRow } from './import-report.ts';
import type { Columns, ReadRow } from './import-row.ts';

/** What is odd in a row that is good all the same. */
export function warningsOf(read: ReadRow, columns: Columns, isAlone: boolean): ImportedRow['warnings'] {
  if (!('event' in read)) return [];
  const { event, isPublished, warnings = [] } = read;
  const warning = (isMeant: boolean, column: string, message: string) =>
    isMeant ? [{ column, message }] : [];
  return [
    ...warnings,
    ...warning(
      event.kind === 'school-visit' && event.audience === 'public',
      columns.audience,
      'a school visit is public only if the school agreed',
    ),
    ...warning(isPublished && isAlone, columns.status, 'stays a draft until a second person approves it'),
  ];
}
