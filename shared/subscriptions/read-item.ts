import type { Item, Key, TableReads } from '../table/table-reads.ts';

/** One item, as it is at this moment, of the type that such a key has. */
export const readItem = async <Found extends Item>(table: TableReads, key: Key) =>
  (await table.get(key)) as Found | undefined;
