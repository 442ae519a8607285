import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Event } from '../../shared/events/event.ts';

let sequence = 0;

/** The table's stream telling of an edit. */
export function streamRecord(event: Event | undefined, previous?: Event): DynamoDBRecord {
  const image = (one: Event | undefined) =>
    one &&
    (marshall(
      { pk: `EVENT#${one.id}`, sk: 'EVENT', type: 'event', event: one },
      { removeUndefinedValues: true },
    ) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage']);
  return {
    eventID: String(++sequence),
    eventName: event ? (previous ? 'MODIFY' : 'INSERT') : 'REMOVE',
    dynamodb: {
      SequenceNumber: String(sequence).padStart(21, '0'),
      NewImage: image(event),
      OldImage: image(previous),
    },
  };
}
