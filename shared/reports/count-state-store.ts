import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table/table.ts';
import type { Recount } from './count-message.ts';

/** The last local day for which all was counted anew, and how far that is for another. */
export type CountState = { day?: string; under?: { next: Recount; at: string } };

export type CountStateStore = ReturnType<typeof countStateStore>;

const key = { pk: 'COUNTING', sk: 'STATE' };

export function countStateStore(table: Table) {
  async function read(): Promise<CountState> {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
    );
    return (Item?.state as CountState | undefined) ?? {};
  }

  const keep = async (state: CountState) => {
    await table.client.send(
      new PutCommand({ TableName: table.name, Item: { ...key, type: 'counting', state } }),
    );
  };

  /** Notes how far a recount is. */
  async function reach(next: Recount, at: Date): Promise<void> {
    const { day } = await read();
    await keep({ day, under: { next, at: at.toISOString() } });
  }

  /** Notes that all was counted. */
  const finish = (day: string) => keep({ day });

  return { read, reach, finish };
}
