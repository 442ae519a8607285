import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Page, partitionPage } from '../table/partition-page.ts';
import type { Table } from '../table/table.ts';
import { endings } from './endings.ts';
import { readItem } from './read-item.ts';
import { rewriting } from './rewriting.ts';
import type { Confirmation, Subscriber, Subscription } from './subscription.ts';
import { type ConfirmationItem, isOpen, type SubscriptionItem } from './subscription-items.ts';
import {
  confirmationKey,
  followersOfEvent,
  subscribersOfDistrict,
  subscriptionKey,
} from './subscription-keys.ts';

export type SubscriberStore = ReturnType<typeof subscriberStore>;

/** Who hears what, as those need it who send: without the secret that signs links and codes. */
export function subscriberStore({ table, now }: { table: Table; now: () => Date }) {
  /** An active subscription, or one that ended and is not erased yet. */
  const find = async (id: string): Promise<Subscription | undefined> =>
    (await readItem<SubscriptionItem>(table, subscriptionKey(id)))?.subscription;

  /** The same of many, by id. */
  async function findAll(ids: string[]): Promise<Map<string, Subscription>> {
    const items = await table.getAll([...new Set(ids)].map(subscriptionKey));
    return new Map((items as SubscriptionItem[]).map(({ subscription }) => [subscription.id, subscription]));
  }

  /** Those of them that are active at this moment: nothing may be sent to any other. */
  const activeSubscriptions = async (ids: string[]): Promise<Subscription[]> =>
    [...(await findAll(ids)).values()].filter(({ status }) => status === 'active');

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

  async function membersOf(partition: string, page: Page) {
    const { items, after } = await partitionPage(table, partition, page);
    return { items: items.map((item) => item.subscriber as Subscriber), after };
  }

  return {
    find,
    findAll,
    activeSubscriptions,
    openConfirmation,
    confirmationSent,
    subscribersOf,
    followersOf,
    succeed: rewriting(table).succeed,
    ...endings({ table, now }),
  };
}
