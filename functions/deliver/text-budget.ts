import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SHARE_OF_NEWS, textMoneyKey } from '../../shared/bulletins/text-money.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';
import type { Table } from '../../shared/table/table.ts';

export type TextBudget = ReturnType<typeof textBudget>;

const KEPT_FOR = 400 * 86_400_000;

/** What texts may cost in a calendar month of the force's zone, for all workers together. */
export function textBudget({
  table,
  pence: limit,
  timeZone,
  now,
  usedUp,
}: {
  table: Table;
  pence: number;
  timeZone: string;
  now: () => Date;
  /** Tells operators, once a month. */
  usedUp: () => void;
}) {
  const key = () => textMoneyKey(now(), timeZone);

  async function add(pence: number, room?: number): Promise<void> {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key(),
        UpdateExpression: 'SET #type = :type, expiresAt = :expiresAt ADD spent :pence',
        ExpressionAttributeNames: { '#type': 'type' },
        ExpressionAttributeValues: {
          ':type': 'text-budget',
          ':expiresAt': Math.ceil((now().getTime() + KEPT_FOR) / 1000),
          ':pence': pence,
          ...(room !== undefined && { ':room': room }),
        },
        ...(room !== undefined && {
          ConditionExpression: 'attribute_not_exists(spent) OR spent <= :room',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      }),
    );
  }

  /** Whether this month's money pays for it; then it is taken, before anything is sent. */
  async function reserve(pence: number, { isPressing }: { isPressing: boolean }): Promise<boolean> {
    const room = limit * (isPressing ? 1 : SHARE_OF_NEWS) - pence;
    if (room < 0) {
      usedUp();
      return false;
    }
    try {
      await add(pence, room);
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      await tellOnce(error.Item?.toldAt !== undefined);
      return false;
    }
  }

  /** Told first and noted then: rather twice than never. */
  async function tellOnce(isTold: boolean): Promise<void> {
    if (isTold) return;
    usedUp();
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key(),
        UpdateExpression: 'SET toldAt = :now',
        ExpressionAttributeValues: { ':now': now().toISOString() },
      }),
    );
  }

  /** Takes back what was reserved for a text that did not go. */
  async function giveBack(pence: number): Promise<void> {
    // Losing a penny is better than losing what became of the text.
    await add(-pence).catch((error) => log.warn('a text was paid for that did not go', causeOf(error)));
  }

  return { reserve, giveBack };
}
