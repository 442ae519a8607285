import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isWritten } from './condition.ts';
import { dueShards } from './due.ts';
import type { Item, Table } from './table.ts';

export type DueStore = ReturnType<typeof dueStore>;
/** `looks`: how often it was looked at in vain since something moved it on. */
export type DueItem = Item & { dueAt: string; looks?: number };

/** Mostly little is due, and the first that is not says when to come again. */
const PAGE = 100;

/** What the minute tick looks at: items whose time has come, of whatever type. */
export function dueStore(table: Table) {
  const page = async (shard: string, start?: Record<string, unknown>) =>
    table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :shard',
        ExpressionAttributeValues: { ':shard': shard },
        Limit: PAGE,
        ExclusiveStartKey: start,
      }),
    );

  /**
   * Brings everything that was due by then, shard by shard, oldest first.
   * @returns when the first of the others falls due, if any waits
   */
  async function eachDue(now: Date, take: (item: DueItem) => Promise<void>): Promise<Date | undefined> {
    const nexts: string[] = [];
    const firsts = await Promise.all(dueShards.map((shard) => page(shard)));
    for (const [place, shard] of dueShards.entries()) {
      let found = firsts[place];
      while (found) {
        for (const item of (found.Items ?? []) as DueItem[]) {
          if (item.dueAt > now.toISOString()) {
            nexts.push(item.dueAt);
            found = undefined;
            break;
          }
          await take(item);
        }
        const start: Record<string, unknown> | undefined = found?.LastEvaluatedKey;
        found = start && (await page(shard, start));
      }
    }
    const [next] = nexts.sort();
    return next === undefined ? undefined : new Date(next);
  }

  /** Looks again later, unless somebody else moved the item on meanwhile. */
  async function lookAgain(item: DueItem, at: Date): Promise<void> {
    await isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk: item.pk, sk: item.sk },
          UpdateExpression: 'SET dueAt = :next ADD looks :one',
          ConditionExpression: 'dueAt = :seen',
          ExpressionAttributeValues: { ':next': at.toISOString(), ':seen': item.dueAt, ':one': 1 },
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

  return { eachDue, lookAgain, done };
}
