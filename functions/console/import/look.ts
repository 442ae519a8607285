import type { LookedRow } from '../../../shared/imports/dry-run.ts';
import { countOf, marks, type Upload } from '../../../shared/imports/upload.ts';
import { isWorkedAt, leftOf, type UploadDesk } from '../../../shared/imports/upload-desk.ts';
import type { ConsoleDeps } from '../deps.ts';
import { instantWords } from '../events/history-shown.ts';
import type { ConsoleRoute, Visit } from '../visit.ts';
import template from './look.njk';
import { rowShown } from './row-shown.ts';
import workingTemplate from './working.njk';

/** How long one request works at a long import before the page shows how far it is. */
const WORK_MS = 4_000;
const REFRESH_SECONDS = '1';

/** When a request that works from now has worked enough. */
export const enoughAt = (now: Date) => new Date(now.getTime() + WORK_MS);

/** A file row by row: what would become of it, or what became of it. */
export function lookRoute({ force, now }: ConsoleDeps, desk: UploadDesk): ConsoleRoute {
  async function show(visit: Visit) {
    const { officer, request, page } = visit;
    const id = request.params.id ?? '';
    // The officer asked for it by POST: opening the page again only goes on with that.
    const worked = await desk.work(officer, id, enoughAt(now()));
    if (isWorkedAt(worked)) return working(worked, visit);
    const { upload, rows } = await desk.look(officer, id);
    const isBroken = ({ outcome, isOpen }: LookedRow) => isOpen && outcome === 'failed';
    const broken = rows.filter(isBroken);
    const onlyBroken = request.query.get('only') === 'broken' && broken.length > 0;
    const count = (wanted: LookedRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
    return page(template, {
      title: upload.name,
      id,
      upload,
      at: instantWords(upload.at, force),
      rows: (onlyBroken ? broken : rows).map((row) => rowShown(row, upload, force)),
      onlyBroken,
      total: rows.length,
      broken: broken.length,
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      done: doneOf(upload),
      isUndone: upload.stage === 'undone',
    });
  }

  function working(upload: Upload, { page }: Visit) {
    const left = leftOf(upload);
    const total =
      upload.stage === 'importing'
        ? upload.marks.length
        : countOf(upload, marks.created, marks.withdrawn, marks.kept);
    const answer = page(workingTemplate, {
      title: upload.stage === 'importing' ? 'Importing your events' : 'Removing the drafts',
      id: upload.id,
      total,
      done: total - left,
    });
    return { ...answer, headers: { ...answer.headers, refresh: REFRESH_SECONDS } };
  }

  return { method: 'GET', path: '/console/import/{id}', answer: show };
}

const doneOf = (upload: Upload) => ({
  created: countOf(upload, marks.created, marks.kept),
  updated: countOf(upload, marks.updated),
  unchanged: countOf(upload, marks.unchanged),
  withdrawn: countOf(upload, marks.withdrawn),
  kept: countOf(upload, marks.kept),
  canUndo: upload.stage === 'open' && countOf(upload, marks.created) > 0,
});
