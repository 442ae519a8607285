import type { LookedRow } from '../../../shared/imports/dry-run.ts';
import { type Cells, type Column, columns } from '../../../shared/imports/read-csv.ts';
import type { Upload } from '../../../shared/imports/upload.ts';
import type { UploadDesk } from '../../../shared/imports/upload-desk.ts';
import type { ConsoleDeps } from '../deps.ts';
import { type ConsoleRoute, goTo, type Visit } from '../visit.ts';
import { choicesFor } from './choices.ts';
import { columnWords, fieldOf } from './column-words.ts';
import template from './repair.njk';

/** What can be said of an event in a calendar that does not say it itself. */
const calendarFields: Column[] = ['kind', 'districts', 'team'];

/** One row of a file, cell by cell: what is wrong comes first. */
export function repairRoutes({ force }: ConsoleDeps, desk: UploadDesk): ConsoleRoute[] {
  const path = '/console/import/{id}/rows/{row}';
  const placeOf = ({ request: { params } }: Visit) => ({ id: params.id ?? '', row: Number(params.row) });

  async function show(visit: Visit) {
    const { id, row } = placeOf(visit);
    const found = await desk.lookAt(visit.officer, id, row);
    return form(visit, found);
  }

  async function keep(visit: Visit) {
    const { id, row } = placeOf(visit);
    const { upload } = await desk.find(visit.officer, id);
    const written = cellsIn(visit, upload);
    const repaired = await desk.repair(visit.officer, id, row, written);
    if (repaired.row.errors.length) return form(visit, repaired, 422);
    return goTo(`/console/import/${id}#row-${row}`);
  }

  function form(visit: Visit, { upload, row }: { upload: Upload; row: LookedRow }, status = 200) {
    const fields = fieldsOf(upload);
    const fault = (column: Column) =>
      row.errors.filter((each) => fieldOf(each.column, upload) === column).map(({ message }) => message);
    const choices: Record<string, object[]> = choicesFor(row.cells, { force, officer: visit.officer });
    const shown = fields.map((name) => ({
      name,
      label: columnWords[name],
      value: row.cells[name] ?? '',
      error: errorOf(name, fault(name)),
      items: choices[name],
      isMany: name === 'districts',
      isLong: name === 'description',
    }));
    const others = row.errors.filter(
      ({ column }) => !fields.some((name) => name === fieldOf(column, upload)),
    );
    return visit.page(
      template,
      {
        title: `Repair row ${row.row}`,
        upload,
        row,
        href: `/console/import/${upload.id}`,
        isCalendar: upload.form === 'calendar',
        errors: [
          ...shown.flatMap(({ error, name }) => (error ? [{ text: error, href: `#${name}` }] : [])),
          ...others.map(({ column, message }) => ({
            text: `${column || 'The row'} ${message}`,
            href: '#form',
          })),
        ],
        broken: shown.filter(({ error }) => error),
        rest: shown.filter(({ error }) => !error),
      },
      status,
    );
  }

  return [
    { method: 'GET', path, answer: show },
    { method: 'POST', path, answer: keep },
  ];
}

/** Where something can be chosen, what could be chosen need not be said. */
const toChoose: Partial<Record<Column, string>> = {
  kind: 'Choose the kind',
  districts: 'Choose at least one district',
  team: 'Choose the team',
  campaign: 'Choose the campaign, or none',
  audience: 'Choose who may see it',
};
const isNoChoice = /^(must be one of|names no|must name|is missing)|is not a (team|campaign) of/;

function errorOf(column: Column, faults: string[]): string | undefined {
  if (!faults.length) return undefined;
  const choose = toChoose[column];
  return choose && faults.every((fault) => isNoChoice.test(fault))
    ? choose
    : `${columnWords[column]} ${faults.join(', and ')}`;
}

const fieldsOf = ({ form }: Upload): Column[] => (form === 'csv' ? [...columns] : calendarFields);

const cellsIn = ({ form }: Visit, upload: Upload): Cells =>
  Object.fromEntries(fieldsOf(upload).map((name) => [name, form.all(name).join('|').trim()]));
