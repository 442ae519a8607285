import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Item, type Key, MOST_KEYS, type TableReads } from './table-reads.ts';

export type { Item, Key } from './table-reads.ts';
export type Table = TableReads & { name: string; client: DynamoDBDocumentClient };

/** The one table, with the calls that every store shares. */
export function openTable(name: string, endpoint?: string): Table {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint,
      maxAttempts: 5,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

  const get = async (key: Key) =>
    (await client.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }))).Item as
      | Item
      | undefined;

  async function* query(input: Parameters<TableReads['query']>[0]) {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({ ...input, TableName: name, ExclusiveStartKey: start }),
      );
      yield* (page.Items ?? []) as Item[];
      start = page.LastEvaluatedKey;
    } while (start);
  }

  async function getAll(keys: Key[]): Promise<Item[]> {
    const found: Item[] = [];
    for (let at = 0; at < keys.length; at += MOST_KEYS) {
      let wanted: Record<string, unknown>[] | undefined = keys.slice(at, at + MOST_KEYS);
      while (wanted?.length) {
        const page: {
          Responses?: Record<string, unknown[]>;
          UnprocessedKeys?: Record<string, { Keys?: Record<string, unknown>[] }>;
        } = await client.send(
          new BatchGetCommand({ RequestItems: { [name]: { Keys: wanted, ConsistentRead: true } } }),
        );
        found.push(...((page.Responses?.[name] ?? []) as Item[]));
        wanted = page.UnprocessedKeys?.[name]?.Keys;
      }
    }
    return found;
  }

  return { name, client, get, query, getAll };
}
