import { kinds } from '../events/event-terms.ts';
import { addDays, toLocalDate } from '../events/zone-time.ts';
import type { Force } from '../force/force.ts';
import { english } from '../words/english.ts';
import type { CountedRow, CounterReads } from './counter-store.ts';
import { ACTIVE, districtsOfRow } from './counts.ts';
import { noticeSpans } from './event-counts.ts';
import { addMonths, monthsBetween, quarterOf } from './months.ts';
import { type Quiet, quietPlaces } from './quiet-places.ts';
import { type Reach, reachOf, subscriptionsOf } from './reach.ts';
import { sumOf } from './sum-rows.ts';

/** What took place, or will, and what came of it. Of a series each time counts. */
export type Tally = {
  times: number;
  cancelled: number;
  postponed: number;
  attendance: number;
  /** Events whose visitors were counted. */
  counted: number;
};
export type Named = { id: string; name: string };
export type MonthTally = Named & Tally & { notices: Reach } & ReturnType<ReturnType<typeof subscriptionsOf>>;

export type Dashboard = {
  from: string;
  to: string;
  districts: string[];
  total: Tally & { notices: Reach };
  byMonth: MonthTally[];
  byDistrict: (Named & Tally & { notices: Reach; active: Reach })[];
  byKind: (Named & { times: number })[];
  byCampaign: (Named & { times: number })[];
  /** Days from publication to the first time. */
  notice: { spans: { from: number; events: number }[]; averageDays?: number };
  quiet: Quiet;
  /** Beat meetings, of the Neighbourhood Policing Guarantee, in each quarter. */
  meetings: { quarters: string[]; byDistrict: Meetings[]; byTeam: Meetings[] };
};
export type Meetings = Named & { counts: number[] };

/** Most months at once, and how far back and ahead they may lie. */
export const MOST_MONTHS = 24;
export const MONTHS_BACK = 60;
export const MONTHS_AHEAD = 24;

type Asked = {
  /** Months, both inclusive. */
  from: string;
  to: string;
  districts: string[];
};

/**
 * What came of the events of some districts, read from counters: a query for each month between the first that is
 * asked for and now, and one more, however many events there were.
 */
export async function dashboardOf(
  { from, to, districts }: Asked,
  { counters, force, now }: { counters: CounterReads; force: Force; now: Date },
): Promise<Dashboard> {
  const today = toLocalDate(now, force.timeZone);
  const [recent, soon] = [addDays(today, -30), addDays(today, 30)];
  const needed = monthsBetween(
    [from, recent.slice(0, 7)].sort()[0] as string,
    [to, soon.slice(0, 7)].sort()[1] as string,
  );
  const [active = [], ...perMonth] = await Promise.all([ACTIVE, ...needed].map((of) => counters.rowsOf(of)));
  const rows = perMonth.flat();
  const asked = monthsBetween(from, to);
  const inSpan = rows.filter(({ of }) => of >= from && of <= to);
  const concerns = (ids: string[]) => (row: CountedRow) =>
    districtsOfRow(row.row)?.some((id) => ids.includes(id)) ?? false;
  const events = inSpan.filter(concerns(districts));
  const all = sumOf(events);
  const subscriptions = subscriptionsOf({ active, rows, districts, today, force });
  const named = (id: string, name: string | undefined) => ({ id, name: name ?? id });
  const district = (id: string) => named(id, force.district.get(id)?.name);
  const teams = force.teams.filter((team) => team.districts.some((id) => districts.includes(id)));
  const quarters = [...new Set(asked.map(quarterOf))];
  const inQuarter =
    (quarter: string) =>
    ({ of }: CountedRow) =>
      quarterOf(of) === quarter;
  return {
    from,
    to,
    districts,
    total: { ...tallyOf(all), notices: reachOf(inSpan, districts) },
    byMonth: asked.map((month) => ({
      ...named(month, monthName(month)),
      ...tallyOf(sumOf(events.filter(({ of }) => of === month))),
      notices: reachOf(
        inSpan.filter(({ of }) => of === month),
        districts,
      ),
      ...subscriptions(month),
    })),
    byDistrict: districts.map((id) => ({
      ...district(id),
      ...tallyOf(sumOf(events.filter(concerns([id])))),
      notices: reachOf(inSpan, [id]),
      active:
        subscriptionsOf({ active, rows, districts: [id], today, force })(today.slice(0, 7)).active ?? none,
    })),
    byKind: kinds.map((id) => ({ ...named(id, english.kinds[id]), times: all(`kind#${id}`) })),
    byCampaign: force.campaigns.map(({ id, name }) => ({ id, name, times: all(`campaign#${id}`) })),
    notice: {
      spans: noticeSpans.map(({ id, from: first }) => ({ from: first, events: all(`notice#${id}`) })),
      averageDays: all('noticed') ? all('noticeDays') / all('noticed') : undefined,
    },
    quiet: quietPlaces(rows, { districts: districts.map(district), teams, recent, today, soon }),
    meetings: {
      quarters,
      byDistrict: districts.map((id) => ({
        ...district(id),
        counts: quarters.map((quarter) =>
          sumOf(events.filter(concerns([id])).filter(inQuarter(quarter)))('kind#community-meeting'),
        ),
      })),
      byTeam: teams.map(({ id, name }) => ({
        id,
        name,
        counts: quarters.map((quarter) => sumOf(inSpan.filter(inQuarter(quarter)))(`meeting#${id}`)),
      })),
    },
  };
}

/** The twelve months up to this one, where nothing else is asked for. */
export function lastYear(now: Date, timeZone: string) {
  const to = toLocalDate(now, timeZone).slice(0, 7);
  return { from: addMonths(to, -11), to };
}

const none: Reach = { email: 0, sms: 0 };

const tallyOf = (sum: (name: string) => number): Tally => ({
  times: sum('times'),
  cancelled: sum('cancelled'),
  postponed: sum('postponed'),
  attendance: sum('attendance'),
  counted: sum('counted'),
});

const monthNames = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthName = (month: string) => monthNames.format(new Date(`${month}-15T12:00Z`));
