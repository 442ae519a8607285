import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table/table.ts';
import type { Occasion } from './bulletin.ts';

export type OccasionStore = ReturnType<typeof occasionStore>;

const key = { pk: 'OCCASIONS', sk: 'OCCASIONS' };

/** Up to which day each occasion has been held. */
export function occasionStore(table: Table) {
  async function lastHeld(occasion: Occasion): Promise<string | undefined> {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
    );
    return Item?.[occasion] as string | undefined;
  }

  /** Notes that all bulletins of the day's occasion are kept. Harmless twice. */
  async function markHeld(occasion: Occasion, date: string): Promise<void> {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: 'SET #type = :type, #occasion = :date',
        ExpressionAttributeNames: { '#type': 'type', '#occasion': occasion },
        ExpressionAttributeValues: { ':type': 'occasions', ':date': date },
      }),
    );
  }

  return { lastHeld, markHeld };
}
