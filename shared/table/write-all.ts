import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Key, Table } from './table.ts';

export type BatchedWrite =
  | { PutRequest: { Item: Record<string, unknown> } }
  | { DeleteRequest: { Key: Key } };

/** Most writes one batch takes. */
const MOST_WRITES = 25;

/** Writes them all, in no order and not as one: for what is harmless twice. */
export async function writeAll(table: Table, writes: BatchedWrite[]): Promise<void> {
  for (let at = 0; at < writes.length; at += MOST_WRITES) {
    let left: BatchedWrite[] | undefined = writes.slice(at, at + MOST_WRITES);
    while (left?.length) {
      const { UnprocessedItems } = await table.client.send(
        new BatchWriteCommand({ RequestItems: { [table.name]: left } }),
      );
      left = UnprocessedItems?.[table.name] as BatchedWrite[] | undefined;
    }
  }
}
