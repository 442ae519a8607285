import { columns, FAULTS } from '../../../shared/imports/read-csv.ts';
import type { UploadDesk } from '../../../shared/imports/upload-desk.ts';
import { spreadsheetFile } from '../../../shared/reports/csv.ts';
import type { ConsoleRoute } from '../visit.ts';

/** The broken rows as a file to be repaired in a spreadsheet and brought again, each with what is wrong with it. */
export const brokenRowsRoute = (desk: UploadDesk): ConsoleRoute => ({
  method: 'GET',
  path: '/console/import/{id}/broken.csv',
  answer: async ({ officer, request }) => {
    const { rows } = await desk.look(officer, request.params.id ?? '');
    const broken = rows.filter(({ outcome, isOpen }) => isOpen && outcome === 'failed');
    return spreadsheetFile('broken-rows', [
      [...columns, FAULTS],
      ...broken.map(({ cells, errors }) => [
        ...columns.map((column) => cells[column] ?? ''),
        errors.map(({ column, message }) => [column, message].filter(Boolean).join(' ')).join('; '),
      ]),
    ]);
  },
});
