import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dueAt } from '../table/due.ts';
import type { Table } from '../table/table.ts';
import { readItem } from './read-item.ts';
import type { Confirmation, EndReason, Subscriber, Subscription } from './subscription.ts';
import {
  type AddressItem,
  type ConfirmationItem,
  isOpen,
  type SubscriptionItem,
  unchanged,
} from './subscription-items.ts';
import {
  addressKey,
  confirmationKey,
  followersOfEvent,
  membershipKeys,
  subscribersOfDistrict,
  subscriptionKey,
} from './subscription-keys.ts';
import { tryWrites, untilWritten } from './try-writes.ts';

export type SubscriberStore = ReturnType<typeof subscriberStore>;

const DAY = 86_400_000;
/** How long an ended subscription is kept, to answer for what was sent. */
const ERASED_AFTER = 28 * DAY;

type Page = { after?: string; limit: number };

/** Who hears what, as those need it who send: without the secret that signs links and codes. */
export function subscriberStore({ table, now }: { table: Table; now: () => Date }) {
  /** An active subscription, or one that ended and is not erased yet. */
  const find = async (id: string): Promise<Subscription | undefined> =>
    (await readItem<SubscriptionItem>(table, subscriptionKey(id)))?.subscription;

  /** Those of them that are active at this moment: nothing may be sent to any other. */
  async function activeSubscriptions(ids: string[]): Promise<Subscription[]> {
    const items = await table.getAll([...new Set(ids)].map(subscriptionKey));
    return items
      .map((item) => (item as SubscriptionItem).subscription)
      .filter(({ status }) => status === 'active');
  }

  /** A confirmation that can still be given, for its words to be sent. */
  async function openConfirmation(id: string): Promise<Confirmation | undefined> {
    const item = await readItem<ConfirmationItem>(table, confirmationKey(id));
    return item && isOpen(item, now()) ? item.confirmation : undefined;
  }

  /** Nothing is left to send of a confirmation: the tick need not look at it again. */
  async function confirmationSent(id: string): Promise<void> {
    try {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: confirmationKey(id),
          UpdateExpression: 'REMOVE dueShard, dueAt',
          ConditionExpression: 'attribute_exists(pk)',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /** A page of one shard of a district's subscribers; `after` where there are more. */
  const subscribersOf = (district: string, shard: number, page: Page) =>
    membersOf(subscribersOfDistrict(district, shard), page);

  /** A page of those who follow an event one by one, whatever their districts. */
  const followersOf = (eventId: string, page: Page) => membersOf(followersOfEvent(eventId), page);

  async function membersOf(partition: string, { after, limit }: Page) {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
        ExclusiveStartKey: after === undefined ? undefined : { pk: partition, sk: after },
        Limit: limit,
      }),
    );
    const items = (page.Items ?? []).map((item) => item.subscriber as Subscriber);
    return { items, after: page.LastEvaluatedKey?.sk as string | undefined };
  }

  /**
   * Ends a subscription; one that has ended or never was stays so. Nothing planned afterwards finds it.
   * @param erase forget the address at once, with a confirmation that may be open for it
   */
  const end = (id: string, reason: EndReason, { erase = false } = {}): Promise<void> =>
    untilWritten(async () => {
      const item = await readItem<SubscriptionItem>(table, subscriptionKey(id));
      if (!item) return;
      const key = { TableName: table.name, Key: subscriptionKey(id) };
      if (item.subscription.status === 'ended')
        return erase && !(await tryWrites(table, [{ Delete: { ...key, ...unchanged(item) } }]))
          ? 'overtaken'
          : undefined;
      const address = await readItem<AddressItem>(table, addressKey(item.pseudonym));
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
          ? { Delete: { ...key, ...unchanged(item) } }
          : { Put: { TableName: table.name, Item: ended, ...unchanged(item) } },
        ...membershipKeys(id, item.subscription).map((Key) => ({ Delete: { TableName: table.name, Key } })),
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

  return {
    find,
    activeSubscriptions,
    openConfirmation,
    confirmationSent,
    subscribersOf,
    followersOf,
    end,
    eraseEnded,
  };
}
