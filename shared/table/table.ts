import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';

export type Table = ReturnType<typeof openTable>;
export type Key = { pk: string; sk: string };
export type Item = Key & { type: string; [attribute: string]: unknown };

/** Most keys one BatchGetItem takes. */
const MOST_KEYS = 100;

/** The one table, with the calls that every store shares. */
export function openTable(name: string, endpoint?: string) {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint,
      maxAttempts: 5,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

  /** Every page of a query, item by item. */
  async function* query(input: Omit<QueryCommandInput, 'TableName'>) {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({ ...input, TableName: name, ExclusiveStartKey: start }),
      );
      yield* (page.Items ?? []) as Item[];
      start = page.LastEvaluatedKey;
    } while (start);
  }

  /** The items with these keys that exist, in no order, read consistently. */
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

  return { name, client, query, getAll };
}
