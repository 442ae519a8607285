import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../shared/subscriptions/subscription.ts';
import type { Table } from '../../shared/table/table.ts';

export type SendRate = ReturnType<typeof sendRate>;

/** When a booked send may start, or when to ask for a turn again. */
export type Turn = { startsAt: Date } | { askAgainAt: Date };

/** Waiting longer costs more than coming back. */
const LONGEST_WAIT = 10_000;
const KEPT_FOR = 86_400_000;

/**
 * A cap of sends a second that holds for all workers together: each books the next free moments of one row of the
 * table and waits for them. A booking whose answer was lost is booked twice, which is slower but never faster.
 */
export function sendRate({
  table,
  channel,
  perSecond,
  now,
}: {
  table: Table;
  channel: Channel;
  perSecond: number;
  now: () => Date;
}) {
  /** When the row was free last we heard: says which of two writes is the likelier. */
  let freeAt = 0;

  /** Moves the row's free moment on. @throws ConditionalCheckFailedException */
  async function move(from: 'freeAt' | ':now', condition: string, at: number, cost: number): Promise<number> {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: `SEND-RATE#${channel}`, sk: 'SEND-RATE' },
        UpdateExpression: `SET freeAt = ${from} + :cost, #type = :type, expiresAt = :expiresAt`,
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#type': 'type' },
        ExpressionAttributeValues: {
          ':type': 'send-rate',
          ':expiresAt': Math.ceil((at + KEPT_FOR) / 1000),
          ':now': at,
          ':cost': cost,
          ...(condition.includes(':latest') && { ':latest': at + LONGEST_WAIT }),
        },
        ReturnValues: 'UPDATED_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return Number(Attributes?.freeAt);
  }

  const queueUp = (at: number, cost: number) =>
    move('freeAt', 'freeAt > :now AND freeAt <= :latest', at, cost);
  const startAtOnce = (at: number, cost: number) =>
    move(':now', 'attribute_not_exists(freeAt) OR freeAt <= :now', at, cost);

  /** Books this many sends, at most a second's worth. */
  async function book(count: number): Promise<Turn> {
    const cost = (count * 1000) / perSecond;
    for (;;) {
      const at = now().getTime();
      try {
        freeAt = await (freeAt > at ? queueUp : startAtOnce)(at, cost);
        return { startsAt: new Date(freeAt - cost) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        freeAt = Number(error.Item?.freeAt?.N ?? 0);
        if (freeAt > at + LONGEST_WAIT) return { askAgainAt: new Date(freeAt) };
      }
    }
  }

  return { book, perSecond };
}
