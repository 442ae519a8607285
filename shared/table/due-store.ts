import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isWritten } from './condition.ts';
import { dueShards } from './due.ts';
import type { Item, Table } from './table.ts';

export type DueStore = ReturnType<typeof dueStore>;
export type DueItem = Item & { dueAt: string };

/** What the minute tick looks at: items whose time has come, of whatever type. */
export function dueStore(table: Table) {
  /** Everything that was due by then, shard by shard, oldest first. */
  async function* dueBy(now: Date) {
    for (const shard of dueShards)
      for await (const item of table.query({
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
        ExpressionAttributeValues: { ':shard': shard, ':now': now.toISOString() },
      }))
        yield item as DueItem;
  }

  /** When the first item after that falls due, if any waits. */
  async function nextAfter(now: Date): Promise<Date | undefined> {
    const firsts = await Promise.all(
      dueShards.map(async (shard) => {
        const { Items: [first] = [] } = await table.client.send(
          new QueryCommand({
            TableName: table.name,
            IndexName: 'due',
            KeyConditionExpression: 'dueShard = :shard AND dueAt > :now',
            ExpressionAttributeValues: { ':shard': shard, ':now': now.toISOString() },
            Limit: 1,
          }),
        );
        return first ? [String(first.dueAt)] : [];
      }),
    );
    const [next] = firsts.flat().sort();
    return next === undefined ? undefined : new Date(next);
  }

  /** Looks again later, unless somebody else moved the item on meanwhile. */
  async function lookAgain(item: DueItem, at: Date): Promise<void> {
    await isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk: item.pk, sk: item.sk },
          UpdateExpression: 'SET dueAt = :next',
          ConditionExpression: 'dueAt = :seen',
          ExpressionAttributeValues: { ':next': at.toISOString(), ':seen': item.dueAt },
        }),
      ),
    );
  }

  /** Need not be looked at again, unless somebody else moved the item on meanwhile. */
  async function done({ pk, sk, dueAt }: DueItem): Promise<void> {
    await isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'REMOVE dueShard, dueAt',
          ConditionExpression: 'dueAt = :seen',
          ExpressionAttributeValues: { ':seen': dueAt },
        }),
      ),
    );
  }

  return { dueBy, nextAfter, lookAgain, done };
}
