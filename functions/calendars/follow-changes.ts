import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Group } from '../../shared/calendars/calendar-groups.ts';
import { untilFailure } from '../../shared/runtime/batches.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';
import { eventChange } from './event-change.ts';
import { inTurns } from './in-turns.ts';
import { type KeepDeps, keepEvent } from './keep-event.ts';
import { type PublishDeps, publishCalendar } from './publish-calendar.ts';

/** Calendars put together at a time. */
const AT_ONCE = 8;

/**
 * Keeps the text of each changed event, then publishes once every calendar that any of them was or is in.
 * Where a calendar fails the whole batch is given back: what is kept stays, so doing it again is harmless.
 */
export async function followChanges(
  records: DynamoDBRecord[],
  deps: KeepDeps & PublishDeps,
): Promise<DynamoDBBatchResponse> {
  const touched = new Set<Group>();
  const response = await untilFailure(records, async (record) => {
    const change = eventChange(record);
    if (!change) return;
    for (const group of await keepEvent(change.event, change.previous, deps)) touched.add(group);
  });
  try {
    await inTurns([...touched], AT_ONCE, (group) => publishCalendar(group, deps));
    return response;
  } catch (error) {
    log.error('a calendar could not be published', causeOf(error));
    return { batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber ?? '' }] };
  }
}
