import { randomUUID } from 'node:crypto';
import type { StreamMapping } from './event-sources.ts';
import type { StreamRecord } from './stream-reader.ts';

/** Key and content of the object that Lambda writes to its destination for records it gave up on. */
export function failedRecords(
  { logicalId, properties }: StreamMapping,
  shard: string,
  records: StreamRecord[],
  at: Date,
): [key: string, content: string] {
  const [day = '', time = ''] = at.toISOString().split('T');
  const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  return [
    `aws/lambda/${logicalId}/${shard}/${day.replaceAll('-', '/')}/${day}T${time.slice(0, 8).replaceAll(':', '.')}-${randomUUID()}`,
    JSON.stringify({
      requestContext: {
        requestId: randomUUID(),
        functionArn: properties.FunctionName,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: properties.MaximumRetryAttempts + 1,
      },
      version: '1.0',
      timestamp: at.toISOString(),
      DDBStreamBatchInfo: {
        shardId: shard,
        startSequenceNumber: numbers[0],
        endSequenceNumber: numbers.at(-1),
        batchSize: records.length,
        streamArn: properties.EventSourceArn,
      },
      payload: { Records: records },
    }),
  ];
}
