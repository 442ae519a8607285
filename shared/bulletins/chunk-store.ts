import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../subscriptions/subscription.ts';
import { isWritten } from '../table/condition.ts';
import { dueAt } from '../table/due.ts';
import type { Table } from '../table/table.ts';

export type ChunkStore = ReturnType<typeof chunkStore>;

/** Subscribers of one channel who are to hear the same entries of a bulletin. */
export type Chunk = {
  id: string;
  bulletin: string;
  district: string;
  channel: Channel;
  /** Places in the bulletin's entries. */
  entries: number[];
  subscriptions: string[];
  /** It does not wait behind announcements. */
  overtakes: boolean;
};

/** `byEmail`: of those sent, texts that went by e-mail. */
export type Tally = { sent: number; failed: number; byEmail?: number };

const ATTEMPTS = 8;
/** A finished chunk is kept so that planning it again is seen to be nothing new. */
const KEPT_FOR = 30 * 86_400_000;

const chunkKey = (bulletin: string, id: string) => ({ pk: `BULLETIN#${bulletin}`, sk: `CHUNK#${id}` });

/** Chunks: each is in the due index until it is delivered. */
export function chunkStore(table: Table) {
  /** Keeps a planned chunk, unless it is planned already; the tick queues it again if it is open by `checkAt`. */
  async function plan(chunk: Chunk, checkAt: Date): Promise<void> {
    const item = { ...chunkKey(chunk.bulletin, chunk.id), type: 'chunk', chunk, ...dueAt(checkAt, chunk.id) };
    await isWritten(
      table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...item, expiresAt: Math.ceil((checkAt.getTime() + KEPT_FOR) / 1000) },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
  }

  /** A chunk that is still to be delivered. */
  async function get(bulletin: string, id: string): Promise<Chunk | undefined> {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: chunkKey(bulletin, id), ConsistentRead: true }),
    );
    return Item?.finished ? undefined : (Item?.chunk as Chunk | undefined);
  }

  /** Has the tick queue a chunk again at this time, unless it is finished. */
  async function putOff({ bulletin, id }: Chunk, until: Date): Promise<void> {
    const due = dueAt(until, id);
    await isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: chunkKey(bulletin, id),
          UpdateExpression: 'SET dueAt = :dueAt, dueShard = :dueShard REMOVE looks',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(finished)',
          ExpressionAttributeValues: { ':dueAt': due.dueAt, ':dueShard': due.dueShard },
        }),
      ),
    );
  }

  /** Ends a chunk and counts what came of it, once however often it is asked. */
  async function finish(
    { bulletin, id, channel }: Chunk,
    { sent, failed, byEmail = 0 }: Tally,
  ): Promise<void> {
    const end = {
      TableName: table.name,
      Key: chunkKey(bulletin, id),
      UpdateExpression: 'SET finished = :true REMOVE dueAt, dueShard',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(finished)',
      ExpressionAttributeValues: { ':true': true },
    };
    const count = {
      TableName: table.name,
      Key: { pk: `BULLETIN#${bulletin}`, sk: 'BULLETIN' },
      UpdateExpression: 'ADD sentEmail :email, sentSms :sms, failed :failed',
      ExpressionAttributeValues: {
        ':email': channel === 'email' ? sent : byEmail,
        ':sms': channel === 'email' ? 0 : sent - byEmail,
        ':failed': failed,
      },
    };
    for (let attempt = 1; ; attempt++) {
      try {
        await table.client.send(
          new TransactWriteCommand({ TransactItems: [{ Update: end }, { Update: count }] }),
        );
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        if (error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed') return;
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }

  return { plan, get, putOff, finish };
}
