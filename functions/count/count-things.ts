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

export type CountThingsDeps = {
  counters: CounterStore;
  events: Pick<EventStore, 'getAll'>;
  bulletins: Pick<BulletinStore, 'sentOf'>;
  subscribers: Pick<SubscriberStore, 'findAll'>;
  timeZone: string;
  now: () => Date;
};

type Sent = NonNullable<Awaited<ReturnType<BulletinStore['sentOf']>>>;

/** As long as a bulletin is kept. */
const BULLETIN_KEPT_FOR = 730 * 86_400_000;

/** Counts things as they are at this moment. Doing it again changes nothing. */
export function countThings({ counters, events, bulletins, subscribers, timeZone, now }: CountThingsDeps) {
  const countEvents = (ids: string[]) =>
    counters.settle<Shares>(ids, {
      keyOf: countedEventKey,
      decide: async (some, before) => {
        const found = await events.getAll(some);
        return some.map((id, at) => {
          const event = found.get(id);
          return ifItDiffers(before[at], event ? eventCounts(event, before[at] ?? {}, now()) : {});
        });
      },
    });

  const countBulletins = (ids: string[]) =>
    counters.settle<Shares>(ids, {
      keyOf: countedBulletinKey,
      decide: async (some, before) => {
        const found = await Promise.all(some.map(bulletins.sentOf));
        return found.map((sent, at) => sent && noticesOf(sent, before[at]));
      },
    });

  const countSubscriptions = (ids: string[]) =>
    counters.settle<CountedSubscription>(ids, {
      keyOf: countedSubscriptionKey,
      decide: async (some, before) => {
        const found = await subscribers.findAll(some);
        return some.map((id, at) =>
          subscriptionCounts(id, before[at], found.get(id), { now: now(), timeZone }),
        );
      },
    });

  /** Notices sent, in the month of their bulletin. */
  function noticesOf({ at, district, email, sms }: Sent, before?: Shares) {
    const place = placeName({
      of: toLocalDate(new Date(at), timeZone).slice(0, 7),
      row: rowOfNotices(district),
    });
    const differs = ifItDiffers(before, { [place]: { email, sms } });
    return differs && { ...differs, expiresAt: new Date(Date.parse(at) + BULLETIN_KEPT_FOR) };
  }

  return { countEvents, countBulletins, countSubscriptions };
}

function ifItDiffers(before: Shares = {}, state: Shares) {
  const add = differenceOf(before, state);
  return Object.keys(add).length ? { state, add } : undefined;
}
