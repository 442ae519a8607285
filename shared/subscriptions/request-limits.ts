import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { TooMany } from '../runtime/errors.ts';
import type { Table } from '../table/table.ts';
import { requestCountKey } from './subscription-keys.ts';

const HALF_MINUTE = 30_000;

/**
 * Counts requests in minutes that overlap by half, so that a burst across the end of one lies within the next,
 * and nobody is refused who keeps to the limit.
 */
export function requestLimits({ table, now }: { table: Table; now: () => Date }) {
  /**
   * @param counted who or what is counted, never a raw address
   * @throws TooMany over this many a minute
   */
  return async function admit(counted: string, most: number): Promise<void> {
    const at = now().getTime();
    const half = Math.floor(at / HALF_MINUTE);
    for (const window of [half - 1, half])
      if (!(await count(counted, window, most)))
        throw new TooMany(
          'That is too many requests. Try again in a minute.',
          Math.ceil(((half + 2) * HALF_MINUTE - at) / 1000),
        );
  };

  async function count(counted: string, window: number, most: number): Promise<boolean> {
    try {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: requestCountKey(counted, window),
          UpdateExpression: 'SET #type = :type, expiresAt = :expiresAt ADD requests :one',
          ConditionExpression: 'attribute_not_exists(requests) OR requests < :most',
          ExpressionAttributeNames: { '#type': 'type' },
          ExpressionAttributeValues: {
            ':type': 'request-count',
            ':expiresAt': ((window + 4) * HALF_MINUTE) / 1000,
            ':one': 1,
            ':most': most,
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
