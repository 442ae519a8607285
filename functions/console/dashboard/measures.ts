import type { Dashboard } from '../../../shared/reports/dashboard.ts';
import { type Chart, columnChart, lineChart, type Point, rowChart } from './chart.ts';

/** Something that is measured: a drawing of it, and its figures. */
export type Measure = {
  id: string;
  heading: string;
  note?: string;
  chart: Chart;
  head: string[];
  rows: { name: string; cells: string[] }[];
};

const channels = ['By email', 'By text'];

/** What the dashboard shows, one after the other. */
export const measuresOf = (dashboard: Dashboard): Measure[] => {
  const { byMonth, byDistrict, byKind, byCampaign, notice, meetings } = dashboard;
  const months = (values: (month: Dashboard['byMonth'][number]) => number[]): Point[] =>
    byMonth.map((month) => ({ name: shortMonth(month.id), values: values(month) }));
  const inQuarter = (at: number) => meetings.byDistrict.map(({ counts }) => counts[at] ?? 0);
  return [
    {
      id: 'months',
      heading: 'Events by month',
      note: 'A series counts each time it takes place. Months to come are what is planned.',
      chart: columnChart({
        label: 'Events by month: the table has the figures',
        series: ['On', 'Cancelled or postponed'],
        points: months(({ times, cancelled, postponed }) => [times, cancelled + postponed]),
      }),
      head: ['Month', 'On', 'Cancelled', 'Postponed'],
      rows: byMonth.map(({ name, times, cancelled, postponed }) => rowOf(name, times, cancelled, postponed)),
    },
    {
      id: 'districts',
      heading: 'Events by district',
      note: 'An event in two districts is in both.',
      ...byName(byDistrict, 'Events by district', 'District'),
    },
    { id: 'kinds', heading: 'Events by kind', ...byName(byKind, 'Events by kind', 'Kind') },
    {
      id: 'campaigns',
      heading: 'Events by campaign',
      ...byName(byCampaign, 'Events by campaign', 'Campaign'),
    },
    {
      id: 'notice',
      heading: 'Notice given',
      note:
        notice.averageDays === undefined
          ? 'Days from the day an event was published to the day it started.'
          : `Days from the day an event was published to the day it started: ${Math.round(notice.averageDays)} on average.`,
      ...byName(
        notice.spans.map(({ from, events }, at) => ({
          name: spanName(from, notice.spans[at + 1]?.from),
          times: events,
        })),
        'Events by days of notice',
        'Notice',
      ),
    },
    {
      id: 'attendance',
      heading: 'People who came',
      note: 'As officers counted them.',
      chart: columnChart({
        label: 'People who came, by month: the table has the figures',
        series: ['People'],
        points: months(({ attendance }) => [attendance]),
      }),
      head: ['Month', 'People', 'Events that were counted'],
      rows: byMonth.map(({ name, attendance, counted }) => rowOf(name, attendance, counted)),
    },
    {
      id: 'reached',
      heading: 'Messages sent to residents',
      chart: columnChart({
        label: 'Emails and texts sent by month: the table has the figures',
        series: channels,
        points: months(({ notices }) => [notices.email, notices.sms]),
      }),
      head: ['Month', ...channels],
      rows: byMonth.map(({ name, notices }) => rowOf(name, notices.email, notices.sms)),
    },
    {
      id: 'subscriptions',
      heading: 'Residents who subscribe',
      note: 'At the end of each month. In some of the districts somebody may count twice; in all of them together, once.',
      chart: lineChart({
        label: 'Subscriptions at the end of each month: the table has the figures',
        series: channels,
        points: months(({ active }) => (active ? [active.email, active.sms] : [])),
      }),
      head: ['Month', 'Email', 'Text', 'Joined', 'Left'],
      rows: byMonth
        .filter(({ active }) => active !== undefined)
        .map(({ name, active, joined, left }) =>
          rowOf(name, active?.email ?? 0, active?.sms ?? 0, joined.email + joined.sms, left.email + left.sms),
        ),
    },
    {
      id: 'meetings',
      heading: 'Beat meetings by quarter',
      note: 'Community meetings, for the Neighbourhood Policing Guarantee.',
      chart: columnChart({
        label: 'Beat meetings by quarter: the table has the figures',
        series: ['Meetings'],
        points: meetings.quarters.map((quarter, at) => ({
          name: quarterName(quarter),
          values: [inQuarter(at).reduce((sum, one) => sum + one, 0)],
        })),
      }),
      head: ['District or team', ...meetings.quarters.map(quarterName)],
      rows: [...meetings.byDistrict, ...meetings.byTeam].map(({ name, counts }) => rowOf(name, ...counts)),
    },
  ];
};

const byName = (all: { name: string; times: number }[], label: string, first: string) => ({
  chart: rowChart({
    label: `${label}: the table has the figures`,
    series: ['Events'],
    points: all.map(({ name, times }) => ({ name, values: [times] })),
  }),
  head: [first, 'Events'],
  rows: all.map(({ name, times }) => rowOf(name, times)),
});

const rowOf = (name: string, ...figures: number[]) => ({
  name,
  cells: figures.map((figure) => figure.toLocaleString('en-GB')),
});

/** `2027-Q1` as `Q1 2027` */
const quarterName = (quarter: string) => quarter.split('-').reverse().join(' ');

const spanName = (from: number, next: number | undefined) =>
  next === undefined ? `${from} days or more` : `${from} to ${next - 1} days`;

const shortMonths = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

/** `Feb`, and at the beginning of a year `2027`. */
const shortMonth = (month: string) =>
  month.endsWith('-01') ? month.slice(0, 4) : shortMonths.format(new Date(`${month}-15T12:00Z`)).slice(0, 3);
