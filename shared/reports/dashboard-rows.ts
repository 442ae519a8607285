import type { Dashboard, MonthTally, Tally } from './dashboard.ts';
import type { Reach } from './reach.ts';

const tallies = ['times', 'cancelled', 'postponed', 'attendance', 'counted'] as const;

/** The dashboard as one table, a row for each thing counted. */
export function dashboardRows(dashboard: Dashboard): (string | number)[][] {
  const { total, byMonth, byDistrict, byKind, byCampaign, notice, quiet, meetings } = dashboard;
  const tally = (one: Tally) => tallies.map((name) => one[name]);
  const reach = (one: Reach | undefined) => (one ? [one.email, one.sms] : ['', '']);
  const month = (one: MonthTally) => [...reach(one.joined), ...reach(one.left), ...reach(one.active)];
  const place = (sort: string) => (one: Dashboard['quiet']['teams'][number]) => [
    `${sort} with nothing ${[one.isQuietBefore && 'in the last', one.isQuietAhead && 'in the next'].filter(Boolean).join(' and ')} 30 days`,
    one.id,
    one.name,
  ];
  return [
    [
      ...['by', 'id', 'name', 'events', 'cancelled', 'postponed', 'attendance', 'events counted'],
      ...['emails sent', 'texts sent', 'e-mail joined', 'text joined', 'e-mail left', 'text left'],
      ...['e-mail active', 'text active'],
    ],
    ['total', '', '', ...tally(total), ...reach(total.notices)],
    ...byMonth.map((one) => ['month', one.id, one.name, ...tally(one), ...reach(one.notices), ...month(one)]),
    ...byDistrict.map((one) => [
      ...['district', one.id, one.name, ...tally(one), ...reach(one.notices), '', '', '', ''],
      ...reach(one.active),
    ]),
    ...byKind.map(({ id, name, times }) => ['kind', id, name, times]),
    ...byCampaign.map(({ id, name, times }) => ['campaign', id, name, times]),
    ...notice.spans.map(({ from, events }) => ['days of notice', String(from), `${from} or more`, events]),
    ...quiet.districts.map(place('district')),
    ...quiet.teams.map(place('team')),
    ...meetings.quarters.flatMap((quarter, at) => [
      ...meetings.byDistrict.map(({ id, name, counts }) => [
        `beat meetings by district ${quarter}`,
        id,
        name,
        counts[at] ?? 0,
      ]),
      ...meetings.byTeam.map(({ id, name, counts }) => [
        `beat meetings by team ${quarter}`,
        id,
        name,
        counts[at] ?? 0,
      ]),
    ]),
  ];
}
