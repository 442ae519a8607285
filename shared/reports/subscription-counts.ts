import { toLocalDate } from '../events/zone-time.ts';
import type { Channel, Subscription } from '../subscriptions/subscription.ts';
import { shardOf } from '../subscriptions/subscription-keys.ts';
import { ACTIVE, addTo, rowOfSubscriptions, type Shares } from './counts.ts';

/** What is kept of a subscription that is counted. Of one that is over, nothing but that. */
export type CountedSubscription =
  | { isActive: true; channel: Channel; districts: string[] }
  | { isActive: false };

/** Stands for all of the force: somebody who hears of two districts is one person. */
export const EVERYWHERE = '*';

const DAY = 86_400_000;
/** Longer than a message may wait, so that none finds a subscription new that is over. */
const REMEMBERED_FOR = 35 * DAY;

/**
 * What becomes of the counters as a subscription is now: who joined and left a district in which month, and who is
 * there. Somebody who adds a district joins it, who drops one leaves it.
 * @param now the subscription, or nothing where it is erased
 */
export function subscriptionCounts(
  id: string,
  before: CountedSubscription | undefined,
  current: Subscription | undefined,
  { now, timeZone }: { now: Date; timeZone: string },
): { state: CountedSubscription; add: Shares; expiresAt?: Date } | undefined {
  if (before && !before.isActive) return undefined;
  const isActive = current?.status === 'active';
  const kept = before?.isActive ? before : undefined;
  const channel = kept?.channel ?? current?.channel;
  const had = placesOf(kept);
  const has = placesOf(isActive ? current : undefined);
  // It began and ended before anybody looked.
  const passed = !kept && current && !isActive ? placesOf(current) : [];
  const joined = [...has.filter((each) => !had.includes(each)), ...passed];
  const left = [...had.filter((each) => !has.includes(each)), ...passed];
  if (isActive && kept && !joined.length && !left.length) return undefined;
  const monthOf = (at: string | Date) => toLocalDate(new Date(at), timeZone).slice(0, 7);
  const joinedIn = monthOf(kept ? now : (current?.confirmedAt ?? now));
  const leftIn = monthOf(current?.endedAt ?? now);
  const shares: Shares = {};
  const row = rowOfSubscriptions(shardOf(id));
  const add = (of: string, district: string, what: string, count: number) =>
    addTo(shares, { of, row }, { [`${district}#${channel}#${what}`]: count });
  for (const district of joined) {
    add(joinedIn, district, 'joined', 1);
    add(ACTIVE, district, 'active', 1);
  }
  for (const district of left) {
    add(leftIn, district, 'left', 1);
    add(ACTIVE, district, 'active', -1);
  }
  return isActive
    ? { state: { isActive, channel: current.channel, districts: current.districts }, add: shares }
    : { state: { isActive: false }, add: shares, expiresAt: new Date(now.getTime() + REMEMBERED_FOR) };
}

const placesOf = (held: { districts: string[] } | undefined) =>
  held ? [EVERYWHERE, ...new Set(held.districts)] : [];
