import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { membershipItems, subscriptionItem } from '../../../shared/subscriptions/subscription-items.ts';
import type { Item, Table } from '../../../shared/table/table.ts';

/** Most items one BatchWriteItem takes. */
const MOST_ITEMS = 25;
const AT_ONCE = 8;

/** The nth of many generated residents; the same n is the same resident. */
export const generatedSubscription = (n: number, members: Partial<Subscription> = {}): Subscription => {
  const channel = members.channel ?? 'email';
  return {
    id: `resident-${String(n).padStart(7, '0')}`,
    channel,
    address: channel === 'email' ? `resident${n}@example.com` : `+4477009${String(n).padStart(5, '0')}`,
    districts: ['southend'],
    kinds: [],
    frequency: channel === 'email' ? 'immediately' : 'urgent',
    reminders: false,
    follows: [],
    status: 'active',
    consent: { version: 'test', wording: 'generated', at: '2027-01-01T00:00:00.000Z' },
    confirmedAt: '2027-01-01T00:00:00.000Z',
    ...members,
  };
};

/** Puts confirmed subscriptions straight into the table, for tests that need more than the API admits. */
export async function seedSubscriptions(table: Table, subscriptions: Iterable<Subscription>): Promise<void> {
  let items: Item[] = [];
  let writing: Promise<void>[] = [];
  const flush = async () => {
    writing.push(write(table, items));
    items = [];
    if (writing.length < AT_ONCE) return;
    await Promise.all(writing);
    writing = [];
  };
  for (const subscription of subscriptions)
    for (const item of itemsOf(subscription)) {
      items.push(item);
      if (items.length === MOST_ITEMS) await flush();
    }
  if (items.length) await flush();
  await Promise.all(writing);
}

/** As the store keeps them, but for what is known of the address, which only asking again needs. */
const itemsOf = (subscription: Subscription): Item[] => [
  subscriptionItem(subscription.id, subscription, 1),
  ...membershipItems(subscription),
];

async function write(table: Table, items: Item[]): Promise<void> {
  let left = items.map((Item) => ({ PutRequest: { Item } }));
  while (left.length) {
    const { UnprocessedItems } = await table.client.send(
      new BatchWriteCommand({ RequestItems: { [table.name]: left } }),
    );
    const again = UnprocessedItems?.[table.name] ?? [];
    left = left.filter(({ PutRequest }) =>
      again.some((each) => each.PutRequest?.Item?.pk === PutRequest.Item.pk),
    );
  }
}
