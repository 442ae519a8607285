import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { followChanges } from './follow-changes.ts';
import type { KeepDeps } from './keep-event.ts';
import type { PublishDeps } from './publish-calendar.ts';
import { type RefreshDeps, refresh } from './refresh.ts';
import { rememberedTags } from './remembered-tags.ts';

export type CalendarsDeps = KeepDeps & PublishDeps & RefreshDeps;

/** Takes both the table's changes and the messages of the queue `refresh`. */
export function calendars(deps: CalendarsDeps) {
  // A refresh looks at what is really there, so that it mends what was lost.
  const following = { ...deps, objects: rememberedTags(deps.objects) };
  return ({ Records }: DynamoDBStreamEvent | SQSEvent) =>
    isStream(Records)
      ? followChanges(Records, following)
      : eachMessage(Records, (body) => refresh(body, deps));
}

const isStream = (records: DynamoDBRecord[] | SQSRecord[]): records is DynamoDBRecord[] =>
  records.every((record) => 'dynamodb' in record);
