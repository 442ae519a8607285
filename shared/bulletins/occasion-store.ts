import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table/table.ts';
import type { Occasion } from './bulletin.ts';

export type OccasionStore = ReturnType<typeof occasionStore>;

/** What is done once a day, beside occasions. */
type Daily = Occasion | 'opt-outs';

const key = { pk: 'OCCASIONS', sk: 'OCCASIONS' };

/** Up to which day each occasion has been held. */
export function occasionStore(table: Table) {
  // It never goes back: what was read once need not be read each minute.
  const known = new Map<Daily, string>();
  const isKnown = (occasion: Daily, date: string) => (known.get(occasion) ?? '') >= date;

  async function isHeld(occasion: Daily, date: string): Promise<boolean> {
    if (isKnown(occasion, date)) return true;
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
    );
    if (Item?.[occasion]) known.set(occasion, Item[occasion] as string);
    return isKnown(occasion, date);
  }

  /** Notes that all bulletins of the day's occasion are kept. Harmless twice. */
  async function markHeld(occasion: Daily, date: string): Promise<void> {
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

  return { isHeld, markHeld };
}
