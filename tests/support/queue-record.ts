import type { SQSRecord } from 'aws-lambda';

/** A message as a function gets it from its queue. */
export const queueRecord = (body: unknown, messageId = '1'): SQSRecord => ({
  messageId,
  receiptHandle: messageId,
  body: JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 'test',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-2:000000000000:refresh',
  awsRegion: 'eu-west-2',
});
