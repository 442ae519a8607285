import { isDeepStrictEqual } from 'node:util';
import { isPublication, needsSecondPerson } from '../desk/second-person.ts';
import {
  type Action,
  cancelled,
  draftOf,
  type Edit,
  edit,
  published,
  revised,
} from '../events/edit-event.ts';
import type { Event } from '../events/event.ts';
import { type EventInput, writableMembers } from '../events/event-input.ts';
import type { EventStore } from '../events/event-store.ts';
import type { Force } from '../force/force.ts';
import { mayAct, type Officer } from '../identity/officer.ts';
import { Conflict, Stale } from '../runtime/errors.ts';
import type { ImportedRow, ImportReport, Outcome } from './import-report.ts';
import type { Columns, ImportRow } from './import-row.ts';
import { warningsOf } from './import-warnings.ts';
import { saidOfSeries } from './said-of-series.ts';

type Deps = {
  events: Pick<EventStore, 'findByExternalId'>;
  force: Pick<Force, 'console'>;
  now: () => Date;
  newId: () => string;
};

/** Rows worked on at once: enough to hide the table's latency. */
const AT_ONCE = 8;

type Setting = {
  officer: Officer;
  columns: Columns;
  /** Which import it is: what it changes is told when all of it is in. */
  importId: string;
  /** What is done with each edit: a dry run only looks at it. */
  keep: (edit: Edit, row: number) => Promise<void> | void;
  /** Rows to be done; the others only claim their names. */
  isWanted?: (row: number) => boolean;
  /** The id of the event that a row makes, where the same rows may be brought in again after half of them were. */
  idOf?: (row: number) => string;
  /** When it began, where it may have been stopped in the middle: what it changed since then is its own work. */
  begunAt?: string;
  deps: Deps;
};

/** Creates, updates and calls off events by `externalId`; a bad row fails alone. */
export async function importEvents(
  rows: ImportRow[],
  { officer, columns, importId, keep, isWanted = () => true, idOf, begunAt, deps }: Setting,
): Promise<ImportReport> {
  const { events, now, newId } = deps;
  const isAlone = needsSecondPerson(deps.force);
  const firstRows = new Map(rows.map(({ externalId, row }) => [externalId, row] as const).toReversed());

  async function take({ row, externalId, read }: ImportRow): Promise<ImportedRow> {
    const warnings = warningsOf(read, columns, isAlone);
    const answer = (outcome: Outcome, more: Partial<ImportedRow> = {}): ImportedRow => ({
      row,
      externalId,
      outcome,
      errors: [],
      warnings,
      ...more,
    });
    const fail = (column: string, message: string) =>
      answer('failed', { errors: [{ column, message }], warnings: [] });

    if ('faults' in read) return answer('failed', { errors: read.faults });
    const first = firstRows.get(externalId);
    if (first !== row) return fail(columns.externalId, `is the same as in row ${first}`);
    const previous = await events.findByExternalId(externalId);
    if (previous && previous.id === idOf?.(row)) return answer('created');
    const districts = [...(previous?.districts ?? []), ...('event' in read ? read.event.districts : [])];
    if (!mayAct(officer, districts)) return fail(columns.districts, 'is not a district of yours');
    try {
      const made = 'event' in read ? become(previous, read, row) : calledOff(previous, read.cancels.reason);
      if ('why' in made)
        return answer(isOwnWork(previous) ? 'updated' : 'unchanged', {
          warnings: made.why
            ? [{ column: columns.status, message: made.why }]
            : [...warnings, ...noted(made.warning)],
        });
      const { event, action, warning } = made;
      if (isAlone && previous && isPublication(previous, event))
        return fail(columns.audience, 'becomes public only when a second person approves it');
      await keep(edit(previous, event, { by: officer, action, now: now(), newId, importId }), row);
      return answer(previous ? 'updated' : 'created', { warnings: [...warnings, ...noted(warning)] });
    } catch (error) {
      if (error instanceof Conflict || error instanceof Stale) return fail(columns.externalId, error.message);
      throw error;
    }
  }

  const isOwnWork = (event: Event | undefined) =>
    begunAt !== undefined && (event?.updatedAt ?? '') >= begunAt;

  /** What the row makes of the event; nothing where it says what is already so. */
  function become(
    previous: Event | undefined,
    { event: given, isPublished }: { event: EventInput; isPublished: boolean },
    row: number,
  ): Made {
    const publish = (event: Event) =>
      isPublished && !isAlone && event.status === 'draft' ? published(event, now()) : event;
    if (!previous) {
      const draft = draftOf(given, idOf?.(row) ?? newId(), now());
      return { event: { ...publish(draft), version: 1 }, action: 'create' };
    }
    const { event: said, warning } = saidOfSeries(previous, given, columns);
    const isSame = writableMembers.every((member) => isDeepStrictEqual(previous[member], said[member]));
    if (isSame && !(isPublished && !isAlone && previous.status === 'draft'))
      return { why: undefined, warning };
    const event = { ...publish(revised(previous, said, now())), version: previous.version + 1 };
    return { event, action: 'edit', warning };
  }

  const noted = (message: string | undefined) => (message ? [{ column: columns.recurrence, message }] : []);

  function calledOff(previous: Event | undefined, reason: string): Made {
    if (!previous) return { why: 'is cancelled, and was never here' };
    if (previous.status === 'draft') return { why: 'is cancelled, and is still a draft here' };
    if (previous.status === 'cancelled') return { why: undefined };
    return { event: cancelled(previous, reason, now()), action: 'cancel' };
  }

  const done: ImportedRow[] = [];
  const waiting = rows.filter(({ row }) => isWanted(row)).values();
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

type Made =
  | { event: Event; action: Action; warning?: string }
  | { why: string | undefined; warning?: string };
