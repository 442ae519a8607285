import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isWritten } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import { type Bulletin, PLAN_PARTS } from './bulletin.ts';
import { bulletinItem, bulletinKey, toldItem, toldKey } from './bulletin-items.ts';
import { toldOfEvents } from './told-of-events.ts';

export type BulletinStore = ReturnType<typeof bulletinStore>;

/** Bulletins: what is in them, how far they got, and what they told of. Those of changes come out of windows. */
export function bulletinStore(table: Table) {
  /**
   * Keeps a bulletin that is about no changes, unless it is kept: the tick sees to the rest.
   * @param isPlanned its chunks are made by whoever begins it, one by one
   */
  async function begin(bulletin: Bulletin, { isPlanned = false } = {}): Promise<void> {
    const { dueShard: _shard, dueAt: _at, ...planned } = bulletinItem(bulletin);
    if (!isPlanned)
      await table.client.send(new PutCommand({ TableName: table.name, Item: toldItem(bulletin) }));
    await isWritten(
      table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: isPlanned ? planned : bulletinItem(bulletin),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
  }

  async function get(id: string) {
    const found = await table.get(bulletinKey(id));
    if (!found) return undefined;
    return {
      bulletin: found.bulletin as Bulletin,
      isPublished: found.publishedAt !== undefined,
      planned: [...((found.planned as Set<number> | undefined) ?? [])],
    };
  }

  /** The ids of the bulletins that a district was told since. */
  async function toldSince(district: string, from: Date): Promise<string[]> {
    const found: string[] = [];
    for await (const { bulletin } of table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': toldKey(district, '').pk,
        ':from': toldKey(district, from.toISOString()).sk,
        ':to': toldKey(district, '~').sk,
      },
    }))
      found.push(bulletin as string);
    return found;
  }

  /** How many notices of a bulletin were sent so far. */
  async function sentOf(id: string) {
    const found = await table.get(bulletinKey(id));
    if (!found) return undefined;
    const { at, district } = found.bulletin as Bulletin;
    return { at, district, email: Number(found.sentEmail ?? 0), sms: Number(found.sentSms ?? 0) };
  }

  async function markPublished(id: string, now: Date): Promise<void> {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: bulletinKey(id),
        UpdateExpression: 'SET publishedAt = :now',
        ExpressionAttributeValues: { ':now': now.toISOString() },
      }),
    );
  }

  /** Notes that the subscribers of these parts are all in chunks; with the last part the tick has no more to watch. */
  async function markPlanned(id: string, shards: number[]): Promise<void> {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: bulletinKey(id),
        UpdateExpression: 'ADD planned :shards',
        ExpressionAttributeValues: { ':shards': new Set(shards) },
        ReturnValues: 'ALL_NEW',
      }),
    );
    if (new Set(Attributes?.planned as Set<number> | undefined).size < PLAN_PARTS) return;
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: bulletinKey(id),
        UpdateExpression: 'REMOVE dueShard, dueAt',
      }),
    );
  }

  return { begin, get, toldSince, sentOf, markPublished, markPlanned, ...toldOfEvents(table) };
}
