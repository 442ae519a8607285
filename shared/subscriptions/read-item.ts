import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Item, Key, Table } from '../table/table.ts';

/** One item, as it is at this moment. */
export const readItem = async <Found extends Item>(table: Table, key: Key) =>
  (await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }))).Item as
    | Found
    | undefined;
