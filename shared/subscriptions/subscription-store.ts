import { Gone } from '../runtime/errors.ts';
import { type ConfirmationStoreDeps, confirmationStore } from './confirmation-store.ts';
import { isOnlyStandIn, pairedPut, partWrites } from './pairs.ts';
import { rewriting } from './rewriting.ts';
import { subscriberStore } from './subscriber-store.ts';
import type { Preferences, Subscription } from './subscription.ts';
import { tryWrites, untilWritten } from './try-writes.ts';

export type SubscriptionStore = ReturnType<typeof subscriptionStore>;

/** All that can be done with subscriptions: asking, confirming, changing, ending, and finding who hears what. */
export function subscriptionStore(deps: ConfirmationStoreDeps) {
  const { table } = deps;
  const subscribers = subscriberStore(deps);
  const { activeItem, rewrite } = rewriting(table);

  /**
   * Changes what is named and keeps the rest.
   * @throws Gone when it ended
   */
  const changePreferences = (id: string, changes: Partial<Preferences>): Promise<Subscription> =>
    untilWritten(async () => {
      const item = await activeItem(id);
      if (!item) throw new Gone('This subscription has ended');
      return rewrite(item, changes);
    });

  /** Stops one district; the subscription ends where nothing is left of it. */
  const leaveDistrict = (id: string, district: string): Promise<void> =>
    untilWritten(async () => {
      const item = await activeItem(id);
      if (!item?.subscription.districts.includes(district)) return;
      const districts = item.subscription.districts.filter((each) => each !== district);
      const left = { ...item.subscription, districts };
      if (!districts.length && !left.follows.length && !isOnlyStandIn(left))
        return subscribers.end(id, 'unsubscribed');
      if ((await rewrite(item, { districts })) === 'overtaken') return 'overtaken';
    });

  /** Has nothing sent by e-mail any more when a text cannot go. Harmless twice. */
  const dropStandIn = (id: string): Promise<void> =>
    untilWritten(async () => {
      const item = await activeItem(id);
      if (!item?.subscription.pair) return;
      const written = await tryWrites(table, [
        pairedPut(table, item, undefined),
        ...(await partWrites(table, item.subscription, { erase: false, now: deps.now() })),
      ]);
      return written ? undefined : 'overtaken';
    });

  return { ...subscribers, ...confirmationStore(deps), changePreferences, leaveDistrict, dropStandIn };
}
