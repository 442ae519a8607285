import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../shared/table/table.ts';

/** Puts items as they are, as many at once as the engine takes. */
export async function writeAll({ client, name }: Table, items: Record<string, unknown>[]): Promise<void> {
  for (let at = 0; at < items.length; at += 25)
    await client.send(
      new BatchWriteCommand({
        RequestItems: { [name]: items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
}
