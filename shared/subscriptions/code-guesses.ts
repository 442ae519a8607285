import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Gone, Invalid, TooMany } from '../runtime/errors.ts';
import type { Signing } from '../runtime/signing.ts';
import type { Table } from '../table/table.ts';
import { MOST_GUESSES } from './subscription-items.ts';
import { confirmationKey } from './subscription-keys.ts';

export const confirmationGone = () =>
  new Gone('This link or code has been used or is too old. Ask for a new one.');

/** Judges codes. A guess is counted before it is judged, so that many at the same moment are no more than five. */
export function codeGuesses({ table, signing, now }: { table: Table; signing: Signing; now: () => Date }) {
  /**
   * @throws Invalid when it is not the confirmation's code, TooMany when that was the fifth, Gone after that
   */
  return async function judge(code: string, id: string): Promise<void> {
    const guesses = await count(id);
    if (signing.code(id) === code) return;
    if (guesses < MOST_GUESSES) throw new Invalid([{ pointer: '/code', message: 'is not the code we sent' }]);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: confirmationKey(id) }));
    throw new TooMany('That was the fifth wrong code. Ask for a new one.', 60);
  };

  async function count(id: string): Promise<number> {
    try {
      const { Attributes } = await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: confirmationKey(id),
          UpdateExpression: 'ADD guesses :one',
          ConditionExpression: 'guesses < :most AND confirmation.endsAt > :now',
          ExpressionAttributeValues: { ':one': 1, ':most': MOST_GUESSES, ':now': now().toISOString() },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.guesses);
    } catch (error) {
      throw error instanceof ConditionalCheckFailedException ? confirmationGone() : error;
    }
  }
}
