import { isDeepStrictEqual } from 'node:util';
import { draftOf, edit, published, revised } from '../../../shared/events/edit-event.ts';
import { type Event, type EventInput, eventInput, writableMembers } from '../../../shared/events/event.ts';
import { mayAct, type Officer } from '../../../shared/identity/officer.ts';
import { Conflict, Stale } from '../../../shared/runtime/errors.ts';
import type { ApiDeps } from '../deps.ts';
import type { CsvRow } from './read-csv.ts';
import { type RowFault, rowToEvent } from './row-to-event.ts';

export type Outcome = 'created' | 'updated' | 'unchanged' | 'failed';
export type ImportedRow = {
  row: number;
  externalId: string;
  outcome: Outcome;
  errors: RowFault[];
  warnings: RowFault[];
};
export type ImportReport = Record<Outcome, number> & { rows: ImportedRow[] };

type Deps = Pick<ApiDeps, 'events' | 'force' | 'now' | 'newId'>;

/** Rows worked on at once: enough to hide the table's latency. */
const AT_ONCE = 8;

/** Creates and updates events by `externalId`; a bad row fails alone. Nothing is written in a dry run. */
export async function importEvents(
  rows: CsvRow[],
  { officer, isDryRun, deps }: { officer: Officer; isDryRun: boolean; deps: Deps },
): Promise<ImportReport> {
  const { events, force, now, newId } = deps;
  const input = eventInput(force);
  const firstRows = new Map(rows.map(({ cells, row }) => [cells.externalId, row] as const).toReversed());

  async function take(csv: CsvRow): Promise<ImportedRow> {
    const externalId = csv.cells.externalId ?? '';
    const answer = (outcome: Outcome, errors: RowFault[] = [], warnings: RowFault[] = []): ImportedRow => ({
      row: csv.row,
      externalId,
      outcome,
      errors,
      warnings,
    });
    const fail = (column: string, message: string) => answer('failed', [{ column, message }]);

    const read = rowToEvent(csv, input);
    if ('faults' in read) return answer('failed', read.faults);
    const first = firstRows.get(externalId);
    if (first !== csv.row) return fail('externalId', `is the same as in row ${first}`);
    const previous = await events.findByExternalId(externalId);
    const districts = [...(previous?.districts ?? []), ...read.event.districts];
    if (!mayAct(officer, districts)) return fail('districts', 'is not a district of yours');
    try {
      const event = become(previous, read.event, read.isPublished);
      if (!event) return answer('unchanged', [], warningsOf(read.event));
      const action = previous ? 'edit' : 'create';
      if (!isDryRun)
        await events.save(edit(previous, event, { by: officer, action, now: now(), newId, imported: true }));
      return answer(previous ? 'updated' : 'created', [], warningsOf(read.event));
    } catch (error) {
      if (error instanceof Conflict || error instanceof Stale) return fail('externalId', error.message);
      throw error;
    }
  }

  /** What the row makes of the event; nothing where it says what is already so. */
  function become(previous: Event | undefined, said: EventInput, isPublished: boolean): Event | undefined {
    const publish = (event: Event) =>
      isPublished && event.status === 'draft' ? published(event, now()) : event;
    if (!previous) {
      const draft = draftOf(said, newId(), now());
      return { ...publish(draft), version: 1 };
    }
    const isSame = writableMembers.every((member) => isDeepStrictEqual(previous[member], said[member]));
    if (isSame && !(isPublished && previous.status === 'draft')) return undefined;
    return { ...publish(revised(previous, said, now())), version: previous.version + 1 };
  }

  const done: ImportedRow[] = [];
  const waiting = rows.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const row of waiting) done.push(await take(row));
    }),
  );
  done.sort((one, other) => one.row - other.row);
  const count = (outcome: Outcome) => done.filter((row) => row.outcome === outcome).length;
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    failed: count('failed'),
    rows: done,
  };
}

function warningsOf(event: EventInput): RowFault[] {
  return event.kind === 'school-visit' && event.audience === 'public'
    ? [{ column: 'audience', message: 'a school visit is public only if the school agreed' }]
    : [];
}
