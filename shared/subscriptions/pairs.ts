import type { Table } from '../table/table.ts';
import { type Ending, endWrites } from './end-writes.ts';
import { readItem } from './read-item.ts';
import type { Subscription } from './subscription.ts';
import { type SubscriptionItem, unchanged } from './subscription-items.ts';
import { subscriptionKey } from './subscription-keys.ts';
import type { Writes } from './try-writes.ts';

// A text subscription and the e-mail subscription that stands in for it know each other by their ids: an address is
// kept with its own subscription alone, and whoever of them ends leaves no trace with the other.

/** Whether it is told nothing of its own: it is there for texts that cannot go. */
export const isOnlyStandIn = ({ channel, districts, follows, pair }: Subscription) =>
  channel === 'email' && pair !== undefined && !districts.length && !follows.length;

/**
 * What is written of the other when one of a pair parts from it: an e-mail subscription that was there for nothing else
 * ends with it.
 */
export async function partWrites(
  table: Table,
  { id, pair }: Pick<Subscription, 'id' | 'pair'>,
  { erase, now }: Pick<Ending, 'erase' | 'now'>,
): Promise<Writes> {
  const other =
    pair === undefined ? undefined : await readItem<SubscriptionItem>(table, subscriptionKey(pair));
  if (other?.subscription.pair !== id) return [];
  return isOnlyStandIn(other.subscription)
    ? endWrites(table, other, { reason: 'unsubscribed', erase, now })
    : [pairedPut(table, other, undefined)];
}

/**
 * What is written of others when an e-mail subscription begins to stand in for that of a phone. Nothing where the
 * phone's has ended: then there is nothing to confirm.
 */
export async function pairWrites(
  table: Table,
  { phone: phoneId, email, now }: { phone: string; email: Pick<Subscription, 'id' | 'pair'>; now: Date },
): Promise<Writes | undefined> {
  const phone = await readItem<SubscriptionItem>(table, subscriptionKey(phoneId));
  if (phone?.subscription.status !== 'active') return undefined;
  const parting = { erase: false, now };
  return [
    pairedPut(table, phone, email.id),
    ...(phone.subscription.pair === email.id ? [] : await partWrites(table, phone.subscription, parting)),
    ...(email.pair === phoneId ? [] : await partWrites(table, email, parting)),
  ];
}

export const pairedPut = (table: Table, item: SubscriptionItem, pair: string | undefined) => ({
  Put: {
    TableName: table.name,
    Item: { ...item, revision: item.revision + 1, subscription: { ...item.subscription, pair } },
    ...unchanged(item),
  },
});
