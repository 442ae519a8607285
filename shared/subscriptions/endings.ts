import { dueAt } from '../table/due.ts';
import type { Table } from '../table/table.ts';
import { readItem } from './read-item.ts';
import type { EndReason } from './subscription.ts';
import { type AddressItem, type SubscriptionItem, unchanged } from './subscription-items.ts';
import { addressKey, confirmationKey, membershipKeys, subscriptionKey } from './subscription-keys.ts';
import { tryWrites, untilWritten } from './try-writes.ts';

const DAY = 86_400_000;
/** How long an ended subscription is kept, to answer for what was sent. */
const ERASED_AFTER = 28 * DAY;

/** How subscriptions end and are erased. */
export function endings({ table, now }: { table: Table; now: () => Date }) {
  /**
   * Ends a subscription; one that has ended or never was stays so. Nothing planned afterwards finds it.
   * @param erase forget the address at once, with a confirmation that may be open for it
   */
  const end = (id: string, reason: EndReason, { erase = false } = {}): Promise<void> =>
    untilWritten(async () => {
      const item = await readItem<SubscriptionItem>(table, subscriptionKey(id));
      const isActive = item?.subscription.status === 'active';
      if (!item || !(isActive || erase)) return;
      const found = await readItem<AddressItem>(table, addressKey(item.pseudonym));
      // One that ended before says nothing of a subscription the address has made since.
      const address = isActive || !found?.subscription ? found : undefined;
      const ended: SubscriptionItem = {
        ...item,
        ...dueAt(new Date(now().getTime() + ERASED_AFTER), id),
        revision: item.revision + 1,
        subscription: {
          ...item.subscription,
          status: 'ended',
          endedAt: now().toISOString(),
          endReason: reason,
        },
      };
      const written = await tryWrites(table, [
        erase
          ? { Delete: { TableName: table.name, Key: subscriptionKey(id), ...unchanged(item) } }
          : { Put: { TableName: table.name, Item: ended, ...unchanged(item) } },
        ...(isActive ? membershipKeys(id, item.subscription) : []).map((Key) => ({
          Delete: { TableName: table.name, Key },
        })),
        ...(address ? [withoutSubscription(address, erase)] : []),
        ...(erase && address?.confirmation
          ? [{ Delete: { TableName: table.name, Key: confirmationKey(address.confirmation) } }]
          : []),
      ]);
      return written ? undefined : 'overtaken';
    });

  /** Its pseudonym is kept for a day more: limits hold also for those who come and go. */
  const withoutSubscription = ({ subscription: _ended, ...address }: AddressItem, erase: boolean) => ({
    Put: {
      TableName: table.name,
      Item: {
        ...address,
        confirmation: erase ? undefined : address.confirmation,
        revision: address.revision + 1,
        expiresAt: Math.ceil((now().getTime() + 2 * DAY) / 1000),
      },
      ...unchanged(address),
    },
  });

  /** Erases a subscription whose 28 days after its end are over: the due index says when to ask. */
  async function eraseEnded(id: string): Promise<void> {
    const item = await readItem<SubscriptionItem>(table, subscriptionKey(id));
    const { status, endedAt } = item?.subscription ?? {};
    if (!item || status !== 'ended' || !endedAt) return;
    if (Date.parse(endedAt) + ERASED_AFTER > now().getTime()) return;
    await tryWrites(table, [
      { Delete: { TableName: table.name, Key: subscriptionKey(id), ...unchanged(item) } },
    ]);
  }

  return { end, eraseEnded };
}
