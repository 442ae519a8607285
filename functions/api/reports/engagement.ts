import * as z from 'zod';
import { permit } from '../../../shared/desk/event-sight.ts';
import { eventsBetween } from '../../../shared/events/events-between.ts';
import { addDays, toInstant, toLocalDate } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { csvFile } from '../../../shared/reports/csv.ts';
import { isOn } from '../../../shared/reports/event-counts.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { dateRange, inOrder } from '../list-query.ts';
import type { ApiRoute } from '../openapi/operation.ts';
import { countEngagement } from './count-engagement.ts';
import { countNoticesSent, totalOf } from './count-notices-sent.ts';
import { type EngagementReport, engagementOperation } from './engagement-operation.ts';
import { prefersCsv } from './prefers-csv.ts';

type Deps = Pick<ApiDeps, 'events' | 'bulletins' | 'force' | 'verify' | 'now'>;

/** Without dates it is the year up to today. */
const YEAR = 365;
const MOST_DAYS = 731;
const QUIET_DAYS = 30;

/** What the officer's districts did in a span of days, and how many heard of it. */
export function engagementRoute(deps: Deps): ApiRoute {
  const { force, now } = deps;
  const query = queryOf(force);

  async function answer(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    const asked = accept(query.superRefine(inOrder), Object.fromEntries(request.query));
    if (asked.district) permit(officer, [asked.district]);
    const today = toLocalDate(now(), force.timeZone);
    const to = asked.to ?? today;
    const from = asked.from ?? addDays(to, -YEAR);
    accept(span, { from, to });
    const districts = asked.district ? [asked.district] : officer.districts;
    const report = await reportOf({ districts, from, to }, deps);
    const headers = { vary: 'Accept' };
    if (!prefersCsv(request.header('accept'))) return json(200, report, headers);
    return csvFile(`engagement-${from}-${to}`, rowsOf(report), headers);
  }

  return {
    method: 'GET',
    path: '/api/v1/reports/engagement',
    answer,
    operation: engagementOperation(query, force),
  };
}

type Span = { districts: string[]; from: string; to: string };

async function reportOf(
  { districts, from, to }: Span,
  { events, bulletins, force, now }: Deps,
): Promise<EngagementReport> {
  const midnight = (date: string) => toInstant(`${date}T00:00`, force.timeZone);
  const isVisible = ({ status }: { status: string }) => status !== 'draft';
  const between = (first: Date, end: Date) =>
    eventsBetween(events, { districts, from: first, to: end, isVisible });
  const first = midnight(from);
  const touching = await between(first, midnight(addDays(to, 1)));
  // What began before the first day was counted then.
  const timed = touching
    .map(({ event, times }) => ({ event, times: times.filter(({ startsAt }) => startsAt >= first) }))
    .filter(({ times }) => times.length > 0);
  const today = toLocalDate(now(), force.timeZone);
  const recent = await between(midnight(addDays(today, -QUIET_DAYS)), now());
  const busy = new Set(
    recent.filter(({ times }) => times.some(isOn)).flatMap(({ event }) => event.districts),
  );
  const notices = await countNoticesSent(
    timed.map(({ event }) => event.id),
    districts,
    bulletins,
  );
  const { total, byDistrict, ...counts } = countEngagement(timed, { districts, from, to, force });
  return {
    from,
    to,
    districts,
    total: { ...total, notices: totalOf([...notices.values()]) },
    byDistrict: byDistrict.map((one) => ({ ...one, notices: notices.get(one.id) ?? totalOf([]) })),
    ...counts,
    quietDistricts: districts.filter((id) => !busy.has(id)),
  };
}

const queryOf = (force: Force) =>
  z.strictObject({
    ...dateRange,
    district: z
      .string()
      .refine((id) => force.district.has(id), 'is not a district of this force')
      .optional()
      .meta({ description: 'All of one’s own where it is not given' }),
  });

const span = z
  .strictObject({ from: z.string(), to: z.string() })
  .superRefine(inOrder)
  .refine(({ from, to }) => to <= addDays(from, MOST_DAYS), {
    error: `must be within ${MOST_DAYS} days of the first day`,
    path: ['to'],
  });

function rowsOf(report: EngagementReport) {
  const counts = ['events', 'occurrences', 'cancelled', 'postponed', 'attendance'] as const;
  type Row = Record<(typeof counts)[number], number> & { id?: string; name?: string };
  const row = (by: string, one: Row & { notices?: { email: number; sms: number } }) => [
    by,
    one.id ?? '',
    one.name ?? '',
    ...counts.map((count) => one[count]),
    one.notices?.email ?? '',
    one.notices?.sms ?? '',
    by === 'district' ? (report.quietDistricts.includes(one.id ?? '') ? 'yes' : 'no') : '',
  ];
  return [
    ['by', 'id', 'name', ...counts, 'emails', 'texts', 'nothing in 30 days'],
    row('total', report.total),
    ...report.byDistrict.map((one) => row('district', one)),
    ...report.byKind.map((one) => row('kind', one)),
    ...report.byCampaign.map((one) => row('campaign', one)),
    ...report.byMonth.map((one) => row('month', one)),
  ];
}
