import { dueAt } from '../table/due.ts';
import type { Table } from '../table/table.ts';
import { readItem } from './read-item.ts';
import type { EndReason } from './subscription.ts';
import { type AddressItem, type SubscriptionItem, unchanged } from './subscription-items.ts';
import { addressKey, confirmationKey, membershipKeys } from './subscription-keys.ts';
import type { Writes } from './try-writes.ts';

const DAY = 86_400_000;
/** How long an ended subscription is kept, to answer for what was sent. */
export const ERASED_AFTER = 28 * DAY;

export type Ending = { reason: EndReason; erase: boolean; now: Date };

/**
 * What is written when a subscription ends: nothing planned afterwards finds it. One that has ended before is only
 * erased.
 */
export async function endWrites(
  table: Table,
  item: SubscriptionItem,
  { reason, erase, now }: Ending,
): Promise<Writes> {
  const { pair: _pair, ...subscription } = item.subscription;
  const { id, status } = subscription;
  const isActive = status === 'active';
  const found = await readItem<AddressItem>(table, addressKey(item.pseudonym));
  // One that ended before says nothing of a subscription the address has made since.
  const address = isActive || !found?.subscription ? found : undefined;
  const ended: SubscriptionItem = {
    ...item,
    ...dueAt(new Date(now.getTime() + ERASED_AFTER), id),
    revision: item.revision + 1,
    subscription: { ...subscription, status: 'ended', endedAt: now.toISOString(), endReason: reason },
  };
  const TableName = table.name;
  return [
    erase
      ? { Delete: { TableName, Key: { pk: item.pk, sk: item.sk }, ...unchanged(item) } }
      : { Put: { TableName, Item: ended, ...unchanged(item) } },
    ...(isActive ? membershipKeys(id, subscription) : []).map((Key) => ({ Delete: { TableName, Key } })),
    ...(address
      ? [{ Put: { TableName, Item: withoutSubscription(address, { erase, now }), ...unchanged(address) } }]
      : []),
    ...(erase && address?.confirmation
      ? [{ Delete: { TableName, Key: confirmationKey(address.confirmation) } }]
      : []),
  ];
}

/** Its pseudonym is kept for a day more: limits hold also for those who come and go. */
const withoutSubscription = (
  { subscription: _ended, ...address }: AddressItem,
  { erase, now }: Pick<Ending, 'erase' | 'now'>,
) => ({
  ...address,
  confirmation: erase ? undefined : address.confirmation,
  revision: address.revision + 1,
  expiresAt: Math.ceil((now.getTime() + 2 * DAY) / 1000),
});
