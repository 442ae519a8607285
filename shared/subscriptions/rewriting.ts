import type { Table } from '../table/table.ts';
import { readItem } from './read-item.ts';
import type { Preferences, Subscription } from './subscription.ts';
import { leftMemberships, membershipItems, type SubscriptionItem, unchanged } from './subscription-items.ts';
import { subscriptionKey } from './subscription-keys.ts';
import { tryWrites, untilWritten } from './try-writes.ts';

/** Changes of subscriptions as they are kept, with every place where their subscriber is found. */
export function rewriting(table: Table) {
  async function activeItem(id: string): Promise<SubscriptionItem | undefined> {
    const item = await readItem<SubscriptionItem>(table, subscriptionKey(id));
    return item?.subscription.status === 'active' ? item : undefined;
  }

  async function rewrite(
    item: SubscriptionItem,
    changes: Partial<Preferences>,
  ): Promise<Subscription | 'overtaken'> {
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

  /** Has a subscription go on with the district that stands for one of its own now. Harmless twice. */
  const succeed = (id: string, from: string, to: string): Promise<void> =>
    untilWritten(async () => {
      const item = await activeItem(id);
      if (!item?.subscription.districts.includes(from)) return;
      const districts = item.subscription.districts.map((each) => (each === from ? to : each));
      if ((await rewrite(item, { districts: [...new Set(districts)] })) === 'overtaken') return 'overtaken';
    });

  return { activeItem, rewrite, succeed };
}
