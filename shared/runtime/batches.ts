import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { causeOf, log } from './log.ts';

/**
 * Works through a queue batch, carries on past a bad record and gives back only the bad ones.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function eachMessage(
  records: SQSRecord[],
  work: (body: unknown, record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const outcomes = await Promise.allSettled(
    records.map(async (record) => work(JSON.parse(record.body), record)),
  );
  const failed = records.flatMap((record, place) => {
    const outcome = outcomes[place];
    if (outcome?.status !== 'rejected') return [];
    log.error('a queue message failed', { messageId: record.messageId, ...causeOf(outcome.reason) });
    return [{ itemIdentifier: record.messageId }];
  });
  return { batchItemFailures: failed };
}

/**
 * Works through a stream batch in order and stops at the first bad record, giving it and what follows back.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export async function untilFailure(
  records: DynamoDBRecord[],
  work: (record: DynamoDBRecord) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const record of records) {
    try {
      await work(record);
    } catch (error) {
      log.error('a stream record failed', { sequence: record.dynamodb?.SequenceNumber, ...causeOf(error) });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

/** The item after the change, or nothing where it was deleted. */
export const newImageOf = (record: DynamoDBRecord) => itemOf(record.dynamodb?.NewImage);

/** The item before the change, or nothing where it is new. */
export const oldImageOf = (record: DynamoDBRecord) => itemOf(record.dynamodb?.OldImage);

const itemOf = (image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']) =>
  image && unmarshall(image as Record<string, AttributeValue>);
