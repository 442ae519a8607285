import * as z from 'zod';
import { permit } from '../../../shared/desk/event-sight.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import type { CounterReads } from '../../../shared/reports/counter-store.ts';
import { csvFile } from '../../../shared/reports/csv.ts';
import { type Dashboard, dashboardOf } from '../../../shared/reports/dashboard.ts';
import {
  dashboardDistricts,
  dashboardQuery,
  dashboardSpan,
} from '../../../shared/reports/dashboard-query.ts';
import { dashboardRows } from '../../../shared/reports/dashboard-rows.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { type ApiRoute, jsonForm } from '../openapi/operation.ts';
import { prefersCsv } from './prefers-csv.ts';

type Deps = Pick<ApiDeps, 'force' | 'verify' | 'now'> & { counters: CounterReads };

const reach = z.strictObject({ email: z.int(), sms: z.int() });
const named = z.strictObject({ id: z.string(), name: z.string() });
const tally = {
  times: z.int().meta({ description: 'Each time an event takes place, or will' }),
  cancelled: z.int(),
  postponed: z.int(),
  attendance: z.int(),
  counted: z.int().meta({ description: 'Events whose visitors were counted' }),
};
const place = named.extend({ isQuietBefore: z.boolean(), isQuietAhead: z.boolean() });
const meetings = named.extend({ counts: z.array(z.int()) });
const times = named.extend({ times: z.int() });

const dashboard = z.strictObject({
  from: z.string(),
  to: z.string(),
  districts: z.array(z.string()),
  total: z.strictObject({ ...tally, notices: reach }),
  byMonth: z.array(
    named.extend({ ...tally, notices: reach, joined: reach, left: reach, active: reach.optional() }),
  ),
  byDistrict: z.array(named.extend({ ...tally, notices: reach, active: reach })),
  byKind: z.array(times),
  byCampaign: z.array(times),
  notice: z.strictObject({
    spans: z.array(z.strictObject({ from: z.int(), events: z.int() })),
    averageDays: z.number().optional(),
  }),
  quiet: z
    .strictObject({ districts: z.array(place), teams: z.array(place) })
    .meta({ description: 'With nothing in the last, or the next, 30 days' }),
  meetings: z
    .strictObject({ quarters: z.array(z.string()), byDistrict: z.array(meetings), byTeam: z.array(meetings) })
    .meta({ description: 'Beat meetings in each quarter' }),
}) satisfies z.ZodType<Dashboard>;

const none = { email: 0, sms: 0 };
const example: Dashboard = {
  from: '2027-01',
  to: '2027-01',
  districts: [],
  total: { times: 0, cancelled: 0, postponed: 0, attendance: 0, counted: 0, notices: none },
  byMonth: [],
  byDistrict: [],
  byKind: [],
  byCampaign: [],
  notice: { spans: [] },
  quiet: { districts: [], teams: [] },
  meetings: { quarters: ['2027-Q1'], byDistrict: [], byTeam: [] },
};

/** What the console's dashboard shows, for machines: read from counters. */
export function dashboardRoute(deps: Deps): ApiRoute {
  const { force, counters, now } = deps;
  const query = dashboardQuery(force);

  async function answer(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    const { district, ...months } = accept(query, Object.fromEntries(request.query));
    if (district) permit(officer, [district]);
    const span = accept(dashboardSpan(now(), force.timeZone), months);
    const districts = dashboardDistricts(officer, district);
    const found = await dashboardOf({ ...span, districts }, { counters, force, now: now() });
    const headers = { vary: 'Accept' };
    return prefersCsv(request.header('accept'))
      ? csvFile(`dashboard-${found.from}-${found.to}`, dashboardRows(found), headers)
      : json(200, found, headers);
  }

  return {
    method: 'GET',
    path: '/api/v1/reports/dashboard',
    answer,
    operation: {
      id: 'getDashboard',
      summary: 'What came of one’s districts’ events, month by month',
      description:
        'From counters, a few seconds behind. Without months, the year up to this one; at most two years.',
      about: 'Officers',
      who: 'officer',
      query,
      answers: [
        {
          status: 200,
          description: 'As asked, as JSON or, where `Accept` asks for it, as one table',
          forms: [jsonForm('Dashboard', dashboard, example), { type: 'text/csv' }],
        },
      ],
      problems: [401, 403, 422],
    },
  };
}
