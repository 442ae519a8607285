import { needsSecondPerson } from '../../../shared/desk/second-person.ts';
import { toldOfImport } from '../../../shared/desk/told-of-import.ts';
import type { Edit } from '../../../shared/events/edit-event.ts';
import { countOf, marks } from '../../../shared/imports/upload.ts';
import type { UploadDesk } from '../../../shared/imports/upload-desk.ts';
import type { ConsoleDeps } from '../deps.ts';
import { tellingOf } from '../publishing/telling.ts';
import { type ConsoleRoute, goTo, type Visit } from '../visit.ts';
import template from './confirm.njk';
import { enoughAt } from './look.ts';
import undoTemplate from './undo.njk';

const idIn = ({ request }: Visit) => request.params.id ?? '';
const addressOf = (visit: Visit) => `/console/import/${idIn(visit)}`;

/** Before the good rows go in, and before what they made is taken back: what it means, and one button. */
export function confirmRoutes(deps: ConsoleDeps, desk: UploadDesk): ConsoleRoute[] {
  const { force, now } = deps;

  async function ask(visit: Visit) {
    const { upload, rows, edits } = await desk.look(visit.officer, idIn(visit));
    if (!edits.length || upload.stage !== 'open') return goTo(addressOf(visit));
    const told = await toldOfImport(edits, deps);
    const isNew = ({ previous, event }: Edit) =>
      event.status === 'published' && previous?.status !== 'published';
    const published = edits.filter(isNew).length;
    const drafts = edits.filter(({ previous, event }) => !previous && event.status === 'draft').length;
    return visit.page(template, {
      title: `Import ${edits.length} ${edits.length === 1 ? 'event' : 'events'}`,
      upload,
      href: addressOf(visit),
      published,
      drafts,
      others: edits.length - published - drafts,
      broken: rows.filter(({ outcome, isOpen }) => isOpen && outcome === 'failed').length,
      isSecondNeeded: needsSecondPerson(force),
      telling: await tellingOf(told, deps),
      districts: told.districts.map(({ district, events, email, sms }) => ({
        name: force.district.get(district)?.name ?? district,
        events,
        email,
        sms,
      })),
    });
  }

  async function askUndo(visit: Visit) {
    const { upload } = await desk.find(visit.officer, idIn(visit));
    const created = countOf(upload, marks.created);
    if (!created || upload.stage !== 'open') return goTo(addressOf(visit));
    return visit.page(undoTemplate, {
      title: 'Undo this import',
      upload,
      href: addressOf(visit),
      created,
      updated: countOf(upload, marks.updated),
    });
  }

  /** Begins it; what one request cannot do, the next goes on with. */
  const begin = (what: 'order' | 'undo') => async (visit: Visit) => {
    const { officer, form } = visit;
    await desk[what](officer, idIn(visit), Number(form.get('revision')));
    await desk.work(officer, idIn(visit), enoughAt(now()));
    return goTo(addressOf(visit));
  };

  return [
    { method: 'GET', path: '/console/import/{id}/confirm', answer: ask },
    { method: 'POST', path: '/console/import/{id}/confirm', answer: begin('order') },
    { method: 'GET', path: '/console/import/{id}/undo', answer: askUndo },
    { method: 'POST', path: '/console/import/{id}/undo', answer: begin('undo') },
  ];
}
