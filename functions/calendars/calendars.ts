import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/runtime/batches.ts';
import type { EntryStore } from './entry-store.ts';
import { followChanges } from './follow-changes.ts';
import type { KeepDeps } from './keep-event.ts';
import type { PublishDeps } from './publish-calendar.ts';
import { type RefreshDeps, refresh } from './refresh.ts';
import { rememberedEntries } from './remembered-entries.ts';
import { rememberedTags } from './remembered-tags.ts';
import { type TellDeps, tellCounters } from './tell-counters.ts';

export type CalendarsDeps = KeepDeps & PublishDeps & RefreshDeps & TellDeps & { entries: EntryStore };

/** Takes both the table's changes and the messages of the queue `refresh`. */
export function calendars(deps: CalendarsDeps) {
  // A refresh looks at what is really there, so that it mends what was lost.
  const entries = rememberedEntries(deps.entries);
  const following = { ...deps, entries, objects: rememberedTags(deps.objects, entries.forget) };
  return async ({ Records }: DynamoDBStreamEvent | SQSEvent) => {
    if (!isStream(Records)) return eachMessage(Records, (body) => refresh(body, deps));
    const followed = await followChanges(Records, following);
    await tellCounters(Records, deps);
    return followed;
  };
}

const isStream = (records: DynamoDBRecord[] | SQSRecord[]): records is DynamoDBRecord[] =>
  records.every((record) => 'dynamodb' in record);
