import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

const keys = Array.from({ length: 130 }, (_, place) => ({
  pk: 'LIST',
  sk: `ROW#${String(place).padStart(3, '0')}`,
}));
const rich = {
  title: 'Café, “Straße” 🚓',
  count: 12.5,
  isOpen: false,
  nothing: null,
  list: ['a', 1, { deep: [true] }],
  member: { venue: { latitude: 51.5379, name: '' } },
};

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
  const rows = keys.map((key) => ({ PutRequest: { Item: { ...key, type: 'row', ...rich } } }));
  while (rows.length)
    await dynoxide.table.client.send(
      new BatchWriteCommand({ RequestItems: { [dynoxide.table.name]: rows.splice(0, 25) } }),
    );
});
afterAll(() => dynoxide.stop());

async function all<Item>(items: AsyncIterable<Item>) {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('the table read', () => {
  const open = () => dynoxide.table;
  test('gives an item as it was put, and nothing where there is none', async () => {
    expect(await open().get({ pk: 'LIST', sk: 'ROW#007' })).toEqual({
      pk: 'LIST',
      sk: 'ROW#007',
      type: 'row',
      ...rich,
    });
    expect(await open().get({ pk: 'LIST', sk: 'none' })).toBeUndefined();
  });

  test('follows a query through all its pages, in order, either way', async () => {
    const query = {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :rows)',
      ExpressionAttributeValues: { ':pk': 'LIST', ':rows': 'ROW#' },
      ConsistentRead: true,
      Limit: 40,
    };
    const found = await all(open().query(query));
    expect(found.map(({ sk }) => sk)).toEqual(keys.map(({ sk }) => sk));
    const backwards = await all(open().query({ ...query, ScanIndexForward: false }));
    expect(backwards).toEqual(found.toReversed());
  });

  test('finds more items by key than one call takes, and leaves out those there are not', async () => {
    const found = await open().getAll([...keys, { pk: 'LIST', sk: 'none' }]);
    expect(found.map(({ sk }) => sk).sort()).toEqual(keys.map(({ sk }) => sk));
  });

  test('says what is wrong with a request by the name that DynamoDB gives it', async () => {
    const wrong = open().query({ KeyConditionExpression: 'pk is nonsense' });
    await expect(all(wrong)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
