import { type Kind, kinds } from '../../../shared/events/event-terms.ts';
import type { Timed } from '../../../shared/events/events-between.ts';
import type { Occurrence } from '../../../shared/events/recurrence.ts';
import type { Force } from '../../../shared/force/force.ts';
import { isOn } from '../../../shared/reports/event-counts.ts';
import { monthsBetween } from '../../../shared/reports/months.ts';
import { english } from '../../../shared/words/english.ts';

export type Count = {
  /** Published or completed, each once. */
  events: number;
  /** Each time one of them is on. */
  occurrences: number;
  cancelled: number;
  postponed: number;
  attendance: number;
};
export type Counted = Count & { id: string; name: string };

/** Events counted over and over, by what they have in common. An event of several districts is in each. */
export function countEngagement(
  timed: Timed[],
  { districts, from, to, force }: { districts: string[]; from: string; to: string; force: Force },
) {
  const by = (id: string, name: string, belongs: (one: Timed) => boolean): Counted => ({
    id,
    name,
    ...countOf(timed.filter(belongs)),
  });
  return {
    total: countOf(timed),
    byDistrict: districts.map((id) =>
      by(id, force.district.get(id)?.name ?? id, ({ event }) => event.districts.includes(id)),
    ),
    byKind: kinds.map((id: Kind) => by(id, english.kinds[id], ({ event }) => event.kind === id)),
    byCampaign: force.campaigns.map(({ id, name }) => by(id, name, ({ event }) => event.campaign === id)),
    byMonth: monthsBetween(from, to).map((month) => ({
      id: month,
      name: month,
      ...countOf(timed.flatMap((one) => inMonth(one, month))),
    })),
  };
}

function countOf(timed: (Timed & { attendance?: number })[]): Count {
  const on = timed.map(({ times }) => times.filter(isOn).length);
  const having = (status: string) => timed.filter(({ event }) => event.status === status).length;
  return {
    events: on.filter((times) => times > 0).length,
    occurrences: sum(on),
    cancelled: having('cancelled'),
    postponed: having('postponed'),
    attendance: sum(timed.map(({ event, attendance = event.attendance ?? 0 }) => attendance)),
  };
}

/** The part of an event that is in a month. How many came is said once, of its first time. */
function inMonth({ event, times }: Timed, month: string) {
  const isInIt = ({ start }: Occurrence) => start.startsWith(month);
  const own = times.filter(isInIt);
  const isFirst = times[0] !== undefined && isInIt(times[0]);
  return own.length ? [{ event, times: own, attendance: isFirst ? (event.attendance ?? 0) : 0 }] : [];
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
