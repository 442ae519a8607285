import * as z from 'zod';
import { auditOfEvent, auditOfMonth, permitAudit } from '../../../shared/desk/audit.ts';
import { auditRows } from '../../../shared/desk/audit-rows.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { csvFile } from '../../../shared/reports/csv.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { cursorOf, listQuery, placeOf } from '../list-query.ts';
import type { ApiRoute } from '../openapi/operation.ts';
import { prefersCsv } from '../reports/prefers-csv.ts';
import { auditOperation } from './audit-operation.ts';

type Deps = Pick<ApiDeps, 'events' | 'bulletins' | 'verify' | 'now'>;

const query = listQuery.extend({
  month: z
    .string()
    .regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/, 'must be a month such as 2027-01')
    .optional()
    .meta({ description: 'In UTC; this month where it is not given' }),
  officer: z.string().min(1).max(200).optional().meta({ description: 'Only what this officer did, by id' }),
  event: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'All that was done to this event, whatever the month' }),
});

/** Who did what to which event, for supervisors. It is read only: nothing here can be changed. */
export function auditRoute(deps: Deps): ApiRoute {
  async function answer(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    permitAudit(officer);
    const asked = accept(query, Object.fromEntries(request.query));
    const { month = deps.now().toISOString().slice(0, 7), officer: by, event, limit, cursor } = asked;
    const page = event
      ? await auditOfEvent(officer, event, deps)
      : await auditOfMonth(officer, { month, by, limit, after: cursor && placeOf(cursor) }, deps);
    const headers = { vary: 'Accept', 'cache-control': 'no-store' };
    if (prefersCsv(request.header('accept')))
      return csvFile(`audit-${event ?? month}`, auditRows(page.items), headers);
    return json(
      200,
      { items: page.items, cursor: page.after === undefined ? null : cursorOf(page.after) },
      headers,
    );
  }

  return { method: 'GET', path: '/api/v1/audit', answer, operation: auditOperation(query) };
}
