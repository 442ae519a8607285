import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Group } from '../../shared/calendars/calendar-groups.ts';
import type { Event } from '../../shared/events/event.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';
import { eventChange } from './event-change.ts';
import { inTurns } from './in-turns.ts';
import { type KeepDeps, keepEvent } from './keep-event.ts';
import { listedTags } from './listed-tags.ts';
import { type PublishDeps, publishCalendar } from './publish-calendar.ts';

const AT_ONCE = 8;
/** Calendars whose tags are better asked for one by one. */
const FEW = 20;

/** What a batch says of one event: as it is at the end of it, and all that it was on the way. */
type Course = { place: number; event: Event; previous: Event[] };

/**
 * Keeps the text of each changed event, then publishes once every calendar that any of them was or is in.
 * What failed is given back with all that follows it: doing a record again is harmless.
 */
export async function followChanges(
  records: DynamoDBRecord[],
  deps: KeepDeps & PublishDeps,
): Promise<DynamoDBBatchResponse> {
  const touched = new Set<Group>();
  const { courses, unreadable } = coursesIn(records);
  let firstFailed = unreadable;
  await inTurns(courses, AT_ONCE, async ({ place, event, previous }) => {
    try {
      for (const group of await keepEvent(event, previous, deps)) touched.add(group);
    } catch (error) {
      log.error('a changed event could not be kept', { eventId: event.id, ...causeOf(error) });
      firstFailed = Math.min(firstFailed, place);
    }
  });
  try {
    const groups = [...touched];
    const unknown = groups.filter((group) => !deps.objects.knows?.(group));
    const isListed = unknown.length > FEW;
    // Tags that are listed may be newer than what is remembered of their calendars.
    if (isListed) for (const group of unknown) deps.entries.forget?.(group);
    const objects = isListed ? await listedTags(unknown, deps.objects) : deps.objects;
    await inTurns(groups, AT_ONCE, (group) => publishCalendar(group, { ...deps, objects }));
  } catch (error) {
    log.error('a calendar could not be published', causeOf(error));
    firstFailed = 0;
  }
  const failed = records[firstFailed]?.dynamodb?.SequenceNumber;
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
}

/** The events that a batch tells of, up to the first record that cannot be read. */
function coursesIn(records: DynamoDBRecord[]): { courses: Course[]; unreadable: number } {
  const courses = new Map<string, Course>();
  for (const [place, record] of records.entries()) {
    try {
      const change = eventChange(record);
      if (!change) continue;
      const { event, previous } = change;
      const course = courses.get(event.id) ?? { place, event, previous: [] };
      if (event.version >= course.event.version) course.event = event;
      if (previous) course.previous.push(previous);
      courses.set(event.id, course);
    } catch (error) {
      log.error('a stream record cannot be read', {
        sequence: record.dynamodb?.SequenceNumber,
        ...causeOf(error),
      });
      return { courses: [...courses.values()], unreadable: place };
    }
  }
  return { courses: [...courses.values()], unreadable: Infinity };
}
