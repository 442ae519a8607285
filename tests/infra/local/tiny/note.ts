import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';

const dynamo = new DynamoDB();

/** Notes in the table what it was given; records that say so fail. */
export async function handler(event: { Records?: (SQSRecord | DynamoDBRecord)[] }) {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  if (!event.Records) await note('tick', new Date().toISOString());
  for (const record of event.Records ?? []) {
    if ('messageId' in record) {
      if (record.body.includes('bad')) batchItemFailures.push({ itemIdentifier: record.messageId });
      await note(`queue ${record.body}`, JSON.stringify(record));
    } else {
      const id = record.dynamodb?.NewImage?.pk?.S ?? '';
      await note(`stream ${id}`, JSON.stringify(record));
      if (id.includes('bad')) throw new Error('bad record');
    }
  }
  return { batchItemFailures };
}

const note = (pk: string, last: string) =>
  dynamo.updateItem({
    TableName: process.env.TABLE,
    Key: { pk: { S: pk } },
    UpdateExpression: 'ADD #times :one SET #last = :last',
    ExpressionAttributeNames: { '#times': 'times', '#last': 'last' },
    ExpressionAttributeValues: { ':one': { N: '1' }, ':last': { S: last } },
  });
