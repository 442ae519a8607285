import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import type { Event } from '../../shared/events/event.ts';
import { newImageOf, oldImageOf } from '../../shared/runtime/batches.ts';

/** The api wrote it, so only what would lead astray is checked; the rest was checked where it came in. */
const image = z.looseObject({
  event: z.looseObject({
    id: z.string().regex(/^[0-9a-z-]{1,64}$/),
    version: z.int().positive(),
    districts: z.array(z.string()),
    updatedAt: z.iso.datetime(),
  }),
});

/** The event that a stream record tells of, as it is and as it was; nothing where it tells of something else. */
export function eventChange(record: DynamoDBRecord): { event: Event; previous?: Event } | undefined {
  const event = eventIn(newImageOf(record));
  const previous = eventIn(oldImageOf(record));
  if (event) return { event, previous };
  return previous && { event: deleted(previous), previous };
}

const eventIn = (item: Record<string, unknown> | undefined) =>
  item?.type === 'event' ? (image.parse(item).event as unknown as Event) : undefined;

/** Events are not deleted; one that is all the same is no longer public. */
const deleted = (event: Event): Event => ({ ...event, version: event.version + 1, publishedAt: undefined });
