import type { SubmissionStore } from '../desk/submission-store.ts';
import { withdrawal } from '../events/edit-event.ts';
import type { EventStore } from '../events/event-store.ts';
import type { Force } from '../force/force.ts';
import { mayAct, type Officer } from '../identity/officer.ts';
import { Stale } from '../runtime/errors.ts';
import { importEvents } from './import-events.ts';
import type { Columns } from './import-row.ts';
import type { UploadedRow } from './read-upload.ts';
import type { RunningImportStore } from './running-import-store.ts';
import { idOfRow, type Mark, marked, markOf, marks, nextPlaces, settled, type Upload } from './upload.ts';
import type { UploadStore } from './upload-store.ts';

export type UploadDeps = {
  uploads: UploadStore;
  events: Pick<EventStore, 'get' | 'findByExternalId' | 'save' | 'withdraw'>;
  submissions: Pick<SubmissionStore, 'end'>;
  imports: Pick<RunningImportStore, 'goesOn' | 'isOver'>;
  force: Force;
  now: () => Date;
  newId: () => string;
};

type Read = { rows: UploadedRow[]; columns: Columns };
type Setting = { officer: Officer; deps: UploadDeps; until: Date };

/** Rows between two notes of how far it got: as many are done again when it is stopped in the middle. */
const SLICE = 40;
const AT_ONCE = 8;

/**
 * Imports rows, or takes back what they made, slice by slice. Doing a slice again changes nothing.
 * @throws Stale when somebody else went on with it
 */
export async function workThrough(begun: Upload, read: Read, { officer, deps, until }: Setting) {
  const { uploads, imports, now } = deps;
  const isImport = begun.stage === 'importing';
  const work = isImport ? bringIn : takeBack;
  let upload = begun;
  for (;;) {
    if (isImport) await imports.goesOn(upload.id);
    const done = await work(upload, nextPlaces(upload, SLICE), read, { officer, deps });
    const next = settled(marked(upload, done));
    const isEnough = now() >= until;
    upload = await uploads.change(isEnough ? { ...next, busyUntil: undefined } : next);
    const isDone = !nextPlaces(upload, 1).length;
    if (isDone && isImport) await imports.isOver(upload.id);
    if (isDone || isEnough) return upload;
  }
}

type Slice = (
  upload: Upload,
  places: number[],
  read: Read,
  setting: Omit<Setting, 'until'>,
) => Promise<Map<number, Mark>>;

const bringIn: Slice = async (upload, places, { rows, columns }, { officer, deps }) => {
  const placeOf = new Map(places.map((place) => [rows[place]?.row ?? 0, place]));
  const report = await importEvents(rows, {
    officer,
    columns,
    importId: upload.id,
    begunAt: upload.orderedAt,
    keep: (edit) => deps.events.save(edit),
    isWanted: (row) => placeOf.has(row),
    idOf: (row) => idOfRow(upload, row),
    deps,
  });
  return new Map(report.rows.map(({ row, outcome }) => [placeOf.get(row) ?? -1, markOf(outcome)]));
};

const takeBack: Slice = async (upload, places, { rows }, { officer, deps }) => {
  const done = new Map<number, Mark>();
  const waiting = places.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const place of waiting)
        done.set(place, await removed(idOfRow(upload, rows[place]?.row ?? 0), officer, deps));
    }),
  );
  return done;
};

/** Removes a draft that is as it was made. */
async function removed(eventId: string, officer: Officer, deps: UploadDeps): Promise<Mark> {
  const { events, submissions, now } = deps;
  const event = await events.get(eventId);
  if (!event) return marks.withdrawn;
  if (event.status !== 'draft' || event.version > 1 || !mayAct(officer, event.districts)) return marks.kept;
  try {
    await events.withdraw(withdrawal(event, { by: officer, now: now() }));
  } catch (error) {
    if (error instanceof Stale) return marks.kept;
    throw error;
  }
  await submissions.end(eventId);
  return marks.withdrawn;
}
