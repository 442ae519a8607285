import { kinds } from '../../../shared/events/event-terms.ts';
import { addDays, toLocalDate } from '../../../shared/events/zone-time.ts';
import { type Column, columns } from '../../../shared/imports/read-csv.ts';
import { MAX_IMPORT_BYTES } from '../../../shared/imports/read-import.ts';
import { countOf, marks, type Upload } from '../../../shared/imports/upload.ts';
import { isWorkedAt, type UploadDesk } from '../../../shared/imports/upload-desk.ts';
import { spreadsheetFile } from '../../../shared/reports/csv.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import type { ConsoleDeps } from '../deps.ts';
import { instantWords } from '../events/history-shown.ts';
import type { SentFile } from '../form.ts';
import { type ConsoleRoute, goTo, type Visit } from '../visit.ts';
import { choicesFor } from './choices.ts';
import template from './start.njk';

/** With what a browser puts around a file. */
const MOST_BYTES = MAX_IMPORT_BYTES + 64 * 1024;

/** Choosing a file, and the files that were chosen before. */
export function startRoutes({ force, now }: ConsoleDeps, desk: UploadDesk): ConsoleRoute[] {
  async function show({ officer, page, form }: Visit, errors: string[] = []) {
    const mine = await desk.ofOfficer(officer.id, now());
    const said = { kind: form.get('kind'), districts: form.get('district'), team: form.get('team') };
    return page(
      template,
      {
        title: 'Import events',
        errors: errors.map((text) => ({ text, href: '#file' })),
        fieldErrors: errors.length ? { file: { text: errors.join(' ') } } : {},
        choices: choicesFor(said, { force, officer }),
        isPublished: form.get('publish') === 'yes',
        uploads: mine.map((upload) => ({
          href: `/console/import/${upload.id}`,
          name: upload.name,
          at: instantWords(upload.at, force),
          state: stateWords(upload),
        })),
      },
      errors.length ? 422 : 200,
    );
  }

  async function take(visit: Visit) {
    const { officer, form } = visit;
    const file = form.file('file');
    if (!file?.bytes.length) return show(visit, ['Choose a file that has events in it']);
    try {
      const { id } = await desk.take(officer, {
        name: file.name.slice(0, 200) || 'A file without a name',
        form: formOf(file),
        bytes: file.bytes,
        defaults: {
          district: form.get('district'),
          kind: form.get('kind'),
          team: form.get('team'),
          isPublished: form.get('publish') === 'yes',
        },
      });
      return goTo(`/console/import/${id}`);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return show(
        visit,
        error.faults.map(({ message }) => `We cannot import this file: ${fileWords(message)}`),
      );
    }
  }

  /** The columns with one event in them, for the officer's own district. */
  function example({ officer }: Visit) {
    const day = addDays(toLocalDate(now(), force.timeZone), 28);
    const district = officer.districts[0] ?? '';
    const team = force.teams.find(({ districts }) => districts.includes(district))?.id ?? '';
    const cells: Partial<Record<Column, string>> = {
      externalId: 'EXAMPLE-1',
      title: 'Example: write over this row or delete it',
      summary: 'One sentence for the list',
      kind: kinds[0],
      districts: district,
      team,
      start: `${day}T10:00`,
      end: `${day}T12:00`,
      allDay: 'no',
      venueName: 'Library',
      access: 'step-free|toilets',
      audience: 'public',
      publish: 'no',
    };
    return spreadsheetFile('events-to-import', [[...columns], columns.map((column) => cells[column] ?? '')]);
  }

  return [
    { method: 'GET', path: '/console/import', answer: (visit) => show(visit) },
    { method: 'GET', path: '/console/import/template.csv', answer: example },
    { method: 'POST', path: '/console/import', mostBytes: MOST_BYTES, answer: take },
  ];
}

/** By what is in it: what a machine calls a file is no proof. */
const formOf = ({ bytes }: SentFile): Upload['form'] =>
  /^\ufeff?\s*BEGIN:VCALENDAR/i.test(new TextDecoder().decode(bytes.subarray(0, 100))) ? 'calendar' : 'csv';

/** `is empty` as `it is empty`. */
const fileWords = (message: string) => (/^(is|has) /.test(message) ? `it ${message}` : message);

function stateWords(upload: Upload): string {
  if (isWorkedAt(upload)) return upload.stage === 'importing' ? 'Being imported' : 'Being undone';
  if (upload.stage === 'undone') return 'Undone';
  const done = countOf(upload, marks.created, marks.updated, marks.unchanged);
  return done ? `${done} of ${upload.marks.length} rows imported` : 'Not imported yet';
}
