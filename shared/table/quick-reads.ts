import { type CallDeps, callDynamoDB } from './call-dynamodb.ts';
import { type Item, type Key, MOST_KEYS, type TableReads } from './table-reads.ts';
import { fromWireMembers, toWireMembers, type WireValue } from './wire-values.ts';

type WireItem = Record<string, WireValue>;
type QueryAnswer = { Items?: WireItem[]; LastEvaluatedKey?: WireItem };
type BatchAnswer = {
  Responses?: Record<string, WireItem[]>;
  UnprocessedKeys?: Record<string, { Keys: WireItem[] }>;
};

/**
 * Reads of the one table without the SDK, for a function that only reads and that somebody waits for: the SDK's
 * client for DynamoDB is two thirds of what such a function loads at a cold start.
 */
export function quickReads(name: string, deps: CallDeps): TableReads {
  const call = callDynamoDB(deps);

  async function get(key: Key): Promise<Item | undefined> {
    const { Item: item } = await call<{ Item?: WireItem }>('GetItem', {
      TableName: name,
      Key: toWireMembers(key),
      ConsistentRead: true,
    });
    return item && toItem(item);
  }

  async function* query({ ExpressionAttributeValues: values, ...input }: Parameters<TableReads['query']>[0]) {
    let start: WireItem | undefined;
    do {
      const page: QueryAnswer = await call('Query', {
        ...input,
        TableName: name,
        ExpressionAttributeValues: values && toWireMembers(values),
        ExclusiveStartKey: start,
      });
      yield* (page.Items ?? []).map(toItem);
      start = page.LastEvaluatedKey;
    } while (start);
  }

  async function getAll(keys: Key[]): Promise<Item[]> {
    const found: Item[] = [];
    for (let at = 0; at < keys.length; at += MOST_KEYS) {
      let wanted: WireItem[] | undefined = keys.slice(at, at + MOST_KEYS).map(toWireMembers);
      while (wanted?.length) {
        const page: BatchAnswer = await call('BatchGetItem', {
          RequestItems: { [name]: { Keys: wanted, ConsistentRead: true } },
        });
        found.push(...(page.Responses?.[name] ?? []).map(toItem));
        wanted = page.UnprocessedKeys?.[name]?.Keys;
      }
    }
    return found;
  }

  return { get, query, getAll };
}

const toItem = (item: WireItem) => fromWireMembers(item) as Item;
