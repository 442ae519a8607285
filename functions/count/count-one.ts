import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import { toLocalDate } from '../../shared/events/zone-time.ts';
import {
  countedBulletinKey,
  countedEventKey,
  countedSubscriptionKey,
} from '../../shared/reports/counted-keys.ts';
import type { CounterStore } from '../../shared/reports/counter-store.ts';
import { differenceOf, placeName, rowOfNotices, type Shares } from '../../shared/reports/counts.ts';
import { eventCounts } from '../../shared/reports/event-counts.ts';
import { type CountedSubscription, subscriptionCounts } from '../../shared/reports/subscription-counts.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';

export type CountOneDeps = {
  counters: CounterStore;
  events: Pick<EventStore, 'get'>;
  bulletins: Pick<BulletinStore, 'sentOf'>;
  subscribers: Pick<SubscriberStore, 'find'>;
  timeZone: string;
  now: () => Date;
};

/** As long as a bulletin is kept. */
const BULLETIN_KEPT_FOR = 730 * 86_400_000;

/** Counts single things as they are at this moment. Doing it again changes nothing. */
export function countOne({ counters, events, bulletins, subscribers, timeZone, now }: CountOneDeps) {
  const event = (id: string) =>
    counters.settle<Shares>(countedEventKey(id), async (before = {}) => {
      const found = await events.get(id);
      const state = found ? eventCounts(found, before, now()) : {};
      const add = differenceOf(before, state);
      return Object.keys(add).length ? { state, add } : undefined;
    });

  /** Notices sent, in the month of their bulletin. */
  const bulletin = (id: string) =>
    counters.settle<Shares>(countedBulletinKey(id), async (before = {}) => {
      const found = await bulletins.sentOf(id);
      if (!found) return undefined;
      const { at, district, email, sms } = found;
      const place = placeName({
        of: toLocalDate(new Date(at), timeZone).slice(0, 7),
        row: rowOfNotices(district),
      });
      const state = { [place]: { email, sms } };
      const add = differenceOf(before, state);
      const expiresAt = new Date(Date.parse(at) + BULLETIN_KEPT_FOR);
      return Object.keys(add).length ? { state, add, expiresAt } : undefined;
    });

  const subscription = (id: string) =>
    counters.settle<CountedSubscription>(countedSubscriptionKey(id), async (before) =>
      subscriptionCounts(id, before, await subscribers.find(id), { now: now(), timeZone }),
    );

  return { event, bulletin, subscription };
}
