import { checkedInput } from '../desk/checked-input.ts';
import type { Officer } from '../identity/officer.ts';
import { Conflict, Invalid, NotFound, Stale } from '../runtime/errors.ts';
import { dryRun, type LookedRow } from './dry-run.ts';
import type { Cells } from './read-csv.ts';
import { readUpload } from './read-upload.ts';
import { newUpload, nextPlaces, ordered, type Upload, undone } from './upload.ts';
import type { KeptUpload } from './upload-store.ts';
import { type UploadDeps, workThrough } from './upload-work.ts';

export type UploadDesk = ReturnType<typeof uploadDesk>;

/** How long somebody who works at an upload is waited for: as long as a function runs, and a little more. */
const PATIENCE_MS = 40_000;

/**
 * Files of events that an officer brings, looks at, repairs, brings in and takes back. Each is there only for who
 * brought it, for a week: to all others, NotFound.
 */
export function uploadDesk(deps: UploadDeps) {
  const { uploads, force, now, newId } = deps;
  const input = checkedInput(force);
  const read = ({ upload, bytes, repairs }: KeptUpload) =>
    readUpload({ ...upload, bytes, repairs }, { force, input });

  async function find(officer: Officer, id: string): Promise<KeptUpload> {
    const kept = /^[\w-]{1,64}$/.test(id) ? await uploads.find(id, now()) : undefined;
    if (kept?.upload.by.id !== officer.id) throw new NotFound('There is no such import, or it is a week old');
    return kept;
  }

  /** Keeps a file. @throws Invalid when it cannot be read as a whole */
  async function take(
    officer: Officer,
    file: Pick<Upload, 'name' | 'form' | 'defaults'> & { bytes: Uint8Array },
  ): Promise<Upload> {
    const { bytes, ...about } = file;
    const { rows } = readUpload({ ...about, bytes, repairs: new Map() }, { force, input });
    if (!rows.length) throw new Invalid([{ pointer: '/file', message: 'has no events in it' }]);
    const by = { id: officer.id, name: officer.name };
    const upload = newUpload({ ...about, id: newId(), by, rows: rows.length, now: now() });
    await uploads.add(upload, bytes);
    return upload;
  }

  /** What is in it and what would become of it. Nothing is written. */
  async function look(officer: Officer, id: string) {
    const kept = await find(officer, id);
    return { upload: kept.upload, ...(await dryRun(kept.upload, read(kept), { officer, deps })) };
  }

  /** One row, closely. @throws NotFound, Conflict when it is imported */
  async function rowOf(officer: Officer, kept: KeptUpload, row: number): Promise<LookedRow> {
    const { rows } = await dryRun(kept.upload, read(kept), {
      officer,
      deps,
      isWanted: (each) => each === row,
    });
    const looked = rows.find((each) => each.row === row);
    if (!looked) throw new NotFound('There is no such row');
    if (!looked.isOpen) throw new Conflict('This row is imported: change the event itself');
    if (kept.upload.stage !== 'open') throw new Conflict('Rows cannot be changed now');
    return looked;
  }

  const lookAt = async (officer: Officer, id: string, row: number) => {
    const kept = await find(officer, id);
    return { upload: kept.upload, row: await rowOf(officer, kept, row) };
  };

  /**
   * Writes over the cells of a row.
   * @returns the row as it would then be; it is kept only when it is good
   */
  async function repair(officer: Officer, id: string, row: number, cells: Cells) {
    const kept = await find(officer, id);
    const repairs = new Map([...kept.repairs, [row, cells]]);
    const repaired = await rowOf(officer, { ...kept, repairs }, row);
    if (!repaired.errors.length) await uploads.repair(kept.upload, row, cells);
    return { upload: kept.upload, row: repaired };
  }

  /** Has the good rows imported, as the officer saw them: a form that is sent again does nothing. */
  const order = (officer: Officer, id: string, seen: number) => begin(officer, id, seen, ordered);

  /** Has the drafts removed that it made and nobody touched. */
  const undo = (officer: Officer, id: string, seen: number) => begin(officer, id, seen, undone);

  async function begin(officer: Officer, id: string, seen: number, next: typeof ordered) {
    const { upload } = await find(officer, id);
    if (upload.revision === seen) await uploads.change(next(upload, now()));
  }

  /**
   * Does what was asked for until then; what is left goes on with the next call, by whomever and whenever. While
   * somebody else is at it, nothing.
   */
  async function work(officer: Officer, id: string, until: Date): Promise<Upload> {
    const kept = await find(officer, id);
    const { upload } = kept;
    const isBusy = upload.busyUntil !== undefined && Date.parse(upload.busyUntil) > now().getTime();
    if (isBusy || !isWorkedAt(upload)) return upload;
    try {
      const busyUntil = new Date(now().getTime() + PATIENCE_MS).toISOString();
      const mine = await uploads.change({ ...upload, busyUntil });
      return await workThrough(mine, read(kept), { officer, deps, until });
    } catch (error) {
      // Somebody else was faster to begin, or went on after it took too long here.
      if (error instanceof Stale) return (await find(officer, id)).upload;
      throw error;
    }
  }

  return { find, take, look, lookAt, repair, order, undo, work, ofOfficer: uploads.ofOfficer };
}

/** Whether there is something to be done before the officer's turn comes. */
export const isWorkedAt = ({ stage }: Pick<Upload, 'stage'>) => stage === 'importing' || stage === 'undoing';

/** Rows that the stage has still to do. */
export const leftOf = (upload: Upload) => nextPlaces(upload, Number.POSITIVE_INFINITY).length;
