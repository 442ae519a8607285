import * as z from 'zod';
import { checkedInput } from '../../../shared/desk/checked-input.ts';
import type { Edit } from '../../../shared/events/edit-event.ts';
import { kinds } from '../../../shared/events/event-terms.ts';
import type { Force } from '../../../shared/force/force.ts';
import { UnsupportedMediaType } from '../../../shared/http/problem.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { importEvents } from '../../../shared/imports/import-events.ts';
import { importReport } from '../../../shared/imports/import-report.ts';
import { calendarImport, csvImport, MAX_IMPORT_BYTES } from '../../../shared/imports/read-import.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { type ApiRoute, jsonForm, type Operation, ok } from '../openapi/operation.ts';

export function importRoutes(deps: ApiDeps): ApiRoute[] {
  const { force } = deps;
  const input = checkedInput(force);
  const query = queryOf(force);

  async function take(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    const asked = accept(query, Object.fromEntries(request.query));
    const { rows, columns } = read(request, asked);
    const importId = deps.newId();
    const setting = { officer, columns, importId, deps };
    if (asked.dryRun === 'true') return json(200, await importEvents(rows, { ...setting, keep: () => {} }));
    await deps.imports.goesOn(importId);
    try {
      const keep = (edit: Edit) => deps.events.save(edit);
      return json(200, await importEvents(rows, { ...setting, keep }));
    } finally {
      await deps.imports.isOver(importId);
    }
  }

  function read(request: HttpRequest, { dryRun: _, publish, ...defaults }: z.output<typeof query>) {
    const type = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type === 'text/calendar')
      return calendarImport(request.bytes(MAX_IMPORT_BYTES), {
        force,
        input,
        defaults: { ...defaults, isPublished: publish === 'true' },
      });
    if (type !== 'text/csv') throw new UnsupportedMediaType('Send the file as text/csv or text/calendar');
    const [name] = Object.entries({ publish, ...defaults }).find(([, value]) => value !== undefined) ?? [];
    if (name)
      throw new Invalid([
        { pointer: `/${name}`, message: 'is for text/calendar; a CSV file has a column for it' },
      ]);
    return csvImport(request.bytes(MAX_IMPORT_BYTES), input);
  }

  return [{ method: 'POST', path: '/api/v1/imports', answer: take, operation: operationOf(query, force) }];
}

const flag = () => z.enum(['true', 'false'], 'must be true or false');

const queryOf = (force: Force) => {
  const one = (known: ReadonlyMap<string, unknown>, what: string) =>
    z
      .string()
      .refine((id) => known.has(id), `is not a ${what} of this force`)
      .optional()
      .meta({ description: `For text/calendar: the ${what} of events that name none` });
  return z.strictObject({
    dryRun: flag().default('false').meta({ description: 'Only says what would happen' }),
    district: one(force.district, 'district'),
    kind: z
      .enum(kinds)
      .optional()
      .meta({ description: 'For text/calendar: the kind of events that name none' }),
    team: one(force.team, 'team'),
    publish: flag()
      .optional()
      .meta({ description: 'For text/calendar: publishes what it makes; otherwise they are drafts' }),
  });
};

const operationOf = (query: z.ZodObject, { districts: [district], teams: [team] }: Force): Operation => ({
  id: 'importEvents',
  summary: 'Creates and updates events by `externalId`; bad rows never stop good ones',
  description: [
    'A CSV file has a header row. In a calendar the UID is the `externalId`, occurrences that differ belong to their',
    'series, a cancelled event is cancelled here too, CATEGORIES may name kind, district, team and campaign, and',
    'times in another zone are kept as wall time here.',
  ].join(' '),
  about: 'Imports',
  who: 'officer',
  query,
  body: {
    forms: [
      {
        type: 'text/csv',
        description: 'UTF-8, separated by commas or semicolons; at most 2 MiB and 1,000 rows',
        example: `externalId,title,kind,districts,team,start,end,publish\nNPW27-004,Open day,open-day,${district?.id},${team?.id},2027-01-30T10:00,2027-01-30T15:00,yes\n`,
      },
      { type: 'text/calendar', description: 'iCalendar (RFC 5545); at most 2 MiB and 1,000 events' },
    ],
  },
  answers: [
    ok(
      jsonForm('ImportReport', importReport, {
        created: 1,
        updated: 0,
        unchanged: 0,
        failed: 1,
        rows: [
          { row: 1, externalId: 'NPW27-004', outcome: 'created', errors: [], warnings: [] },
          {
            row: 2,
            externalId: 'NPW27-005',
            outcome: 'failed',
            errors: [{ column: 'start', message: 'must have a time' }],
            warnings: [],
          },
        ],
      }),
      'What became of each row',
    ),
  ],
  problems: [401, 413, 415, 422],
});
