import type { Force } from '../force/force.ts';
import type { CountedRow } from './counter-store.ts';
import { rowOfNotices } from './counts.ts';
import { EVERYWHERE } from './subscription-counts.ts';
import { sumOf } from './sum-rows.ts';

/** How many on each channel. */
export type Reach = { email: number; sms: number };

/** Notices sent to some districts. */
export function reachOf(rows: CountedRow[], districts: string[]): Reach {
  const wanted = new Set(districts.map(rowOfNotices));
  const sum = sumOf(rows.filter(({ row }) => wanted.has(row)));
  return { email: sum('email'), sms: sum('sms') };
}

type Subscriptions = {
  active: CountedRow[];
  /** Every month from the first that is asked about until now. */
  rows: CountedRow[];
  districts: string[];
  today: string;
  force: Force;
};

/**
 * Who joined and left in a month, and who was there at its end: those who are there now, without who joined and with
 * who left since. In all districts together somebody counts once, in some of them once for each.
 */
export function subscriptionsOf({ active, rows, districts, today, force }: Subscriptions) {
  const isAll = force.districts.every(({ id }) => districts.includes(id));
  const places = isAll ? [EVERYWHERE] : districts;
  const thisMonth = today.slice(0, 7);
  const ofSubscriptions = rows.filter(({ row }) => row.startsWith('SUBSCRIPTIONS#'));
  const count = (some: CountedRow[], what: string): Reach => {
    const sum = sumOf(some);
    const on = (channel: string) =>
      places.reduce((total, place) => total + sum(`${place}#${channel}#${what}`), 0);
    return { email: on('email'), sms: on('sms') };
  };
  const now = count(active, 'active');
  return (month: string): { joined: Reach; left: Reach; active?: Reach } => {
    const own = ofSubscriptions.filter(({ of }) => of === month);
    const since = ofSubscriptions.filter(({ of }) => of > month && of <= thisMonth);
    const [joined, left] = [count(since, 'joined'), count(since, 'left')];
    const atEnd = (channel: keyof Reach) => now[channel] - joined[channel] + left[channel];
    return {
      joined: count(own, 'joined'),
      left: count(own, 'left'),
      /** Nothing of months to come. */
      active: month > thisMonth ? undefined : { email: atEnd('email'), sms: atEnd('sms') },
    };
  };
}
