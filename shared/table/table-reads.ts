import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';

export type Key = { pk: string; sk: string };
export type Item = Key & { type: string; [attribute: string]: unknown };

/** Reads of the one table. */
export type TableReads = {
  /** The item with this key, as it is at this moment. */
  get: (key: Key) => Promise<Item | undefined>;
  /** Every page of a query, item by item. */
  query: (input: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>) => AsyncGenerator<Item>;
  /** The items with these keys that exist, in no order, as they are at this moment. */
  getAll: (keys: Key[]) => Promise<Item[]>;
};

/** Most keys one BatchGetItem takes. */
export const MOST_KEYS = 100;
