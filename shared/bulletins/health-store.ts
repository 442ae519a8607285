import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isWritten } from '../table/condition.ts';
import type { Table } from '../table/table.ts';

export type HealthStore = ReturnType<typeof healthStore>;

/** Whether a bulletin is being delivered. Once a person decided, it is not paused again. */
export type Standing = 'going' | 'paused' | 'resumed' | 'dropped';
export type MailFailure = 'bounced' | 'complained';
export type Health = { standing: Standing; sent: number } & Record<MailFailure, number>;

const KEPT_FOR = 400 * 86_400_000;
const healthKey = (bulletin: string) => ({ pk: `BULLETIN#${bulletin}`, sk: 'HEALTH' });

/** How a bulletin is received, and whether it was stopped for a person to look at. */
export function healthStore({ table, now }: { table: Table; now: () => Date }) {
  async function health(bulletin: string): Promise<Health> {
    const items = await table.getAll([healthKey(bulletin), { pk: `BULLETIN#${bulletin}`, sk: 'BULLETIN' }]);
    const of = (sk: string) => items.find((item) => item.sk === sk);
    const own = of('HEALTH');
    return {
      standing: (own?.standing as Standing | undefined) ?? 'going',
      sent: Number(of('BULLETIN')?.sentEmail ?? 0),
      bounced: Number(own?.bounced ?? 0),
      complained: Number(own?.complained ?? 0),
    };
  }

  const standing = async (bulletin: string) => (await health(bulletin)).standing;

  /** Counts a failure, each subscriber's once however often it is told. */
  async function note(bulletin: string, subscription: string, failure: MailFailure): Promise<void> {
    const expiresAt = Math.ceil((now().getTime() + KEPT_FOR) / 1000);
    const once = {
      pk: `BULLETIN#${bulletin}`,
      sk: `${failure.toUpperCase()}#${subscription}`,
      type: 'mail-failure',
      expiresAt,
    };
    try {
      await table.client.send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName: table.name, Item: once, ConditionExpression: 'attribute_not_exists(pk)' } },
            {
              Update: {
                TableName: table.name,
                Key: healthKey(bulletin),
                UpdateExpression: 'SET #type = :type, expiresAt = :expiresAt ADD #failure :one',
                ExpressionAttributeNames: { '#type': 'type', '#failure': failure },
                ExpressionAttributeValues: { ':type': 'health', ':expiresAt': expiresAt, ':one': 1 },
              },
            },
          ],
        }),
      );
    } catch (error) {
      if (
        error instanceof TransactionCanceledException &&
        error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed'
      )
        return;
      throw error;
    }
  }

  const put = (bulletin: string, next: Standing, condition?: string) =>
    isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: healthKey(bulletin),
          UpdateExpression: 'SET standing = :next, #type = :type',
          ExpressionAttributeNames: { '#type': 'type' },
          ExpressionAttributeValues: { ':next': next, ':type': 'health' },
          ConditionExpression: condition,
        }),
      ),
    );

  /** Stops what is left of a bulletin; whether this did it. */
  const pause = (bulletin: string) => put(bulletin, 'paused', 'attribute_not_exists(standing)');

  /** What a person decided. */
  const decide = async (bulletin: string, decision: 'resumed' | 'dropped'): Promise<void> => {
    await put(bulletin, decision);
  };

  return { health, standing, note, pause, decide };
}
