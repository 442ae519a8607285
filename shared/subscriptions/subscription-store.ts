import { Gone } from '../runtime/errors.ts';
import { type ConfirmationStoreDeps, confirmationStore } from './confirmation-store.ts';
import { readItem } from './read-item.ts';
import { subscriberStore } from './subscriber-store.ts';
import type { Preferences, Subscription } from './subscription.ts';
import { leftMemberships, membershipItems, type SubscriptionItem, unchanged } from './subscription-items.ts';
import { subscriptionKey } from './subscription-keys.ts';
import { tryWrites, untilWritten } from './try-writes.ts';

export type SubscriptionStore = ReturnType<typeof subscriptionStore>;

/** All that can be done with subscriptions: asking, confirming, changing, ending, and finding who hears what. */
export function subscriptionStore(deps: ConfirmationStoreDeps) {
  const { table } = deps;
  const subscribers = subscriberStore(deps);

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
      if (!districts.length && !item.subscription.follows.length) return subscribers.end(id, 'unsubscribed');
      if ((await rewrite(item, { districts })) === 'overtaken') return 'overtaken';
    });

  async function activeItem(id: string) {
    const item = await readItem<SubscriptionItem>(table, subscriptionKey(id));
    return item?.subscription.status === 'active' ? item : undefined;
  }

  async function rewrite(item: SubscriptionItem, changes: Partial<Preferences>) {
    const before = item.subscription;
    const after = { ...before, ...changes };
    const written = await tryWrites(table, [
      {
        Put: {
          TableName: table.name,
          Item: { ...item, revision: item.revision + 1, subscription: after },
          ...unchanged(item),
        },
      },
      ...membershipItems(after).map((Item) => ({ Put: { TableName: table.name, Item } })),
      ...leftMemberships(after.id, before, after).map((Key) => ({ Delete: { TableName: table.name, Key } })),
    ]);
    return written ? after : 'overtaken';
  }

  return { ...subscribers, ...confirmationStore(deps), changePreferences, leaveDistrict };
}
