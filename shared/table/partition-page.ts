import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './table.ts';
import type { Item } from './table-reads.ts';

/** Where a page goes on, as the last sort key of the one before, and how many items it may have. */
export type Page = { after?: string; limit: number };

/** Some items of a partition by sort key; `after` leads to those that follow, if there are any. */
export async function partitionPage(table: Table, partition: string, { after, limit }: Page) {
  const page = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partition },
      ExclusiveStartKey: after === undefined ? undefined : { pk: partition, sk: after },
      Limit: limit,
    }),
  );
  return {
    items: (page.Items ?? []) as Item[],
    after: page.LastEvaluatedKey?.sk as string | undefined,
  };
}
