import { z } from 'zod';
import type { Route } from '../../../shared/http/http-handler.ts';
import { UnsupportedMediaType } from '../../../shared/http/problem.ts';
import { accept } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { importEvents } from './import-events.ts';
import { readCsv } from './read-csv.ts';

/** A year of a busy force's events; what fits one Lambda argument. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_ROWS = 1000;

const query = z.strictObject({ dryRun: z.enum(['true', 'false'], 'must be true or false').default('false') });

export const importRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'POST',
    path: '/api/v1/imports',
    answer: async (request) => {
      const officer = await officerWho(request, deps);
      const { dryRun } = accept(query, Object.fromEntries(request.query));
      const type = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (type !== 'text/csv') throw new UnsupportedMediaType('Send the file as text/csv');
      const rows = readCsv(request.bytes(MAX_BYTES));
      if (rows.length > MAX_ROWS)
        throw new Invalid([{ pointer: '', message: `has ${rows.length} rows; send ${MAX_ROWS} at a time` }]);
      return json(200, await importEvents(rows, { officer, isDryRun: dryRun === 'true', deps }));
    },
  },
];
