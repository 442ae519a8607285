import { causeOf, log } from '../runtime/log.ts';
import type { Event } from './event.ts';
import type { EventStore } from './event-store.ts';
import { type Occurrence, occurrences } from './recurrence.ts';

/** How long before the span a series that is still on may have begun: lists are by the first start. */
const LOOK_BACK = 730 * 86_400_000;
const PAGE = 250;

export type Timed = { event: Event; times: Occurrence[] };

/** Events of these districts, each once, with the times they touch `[from, to)`; drafts and cancelled ones included. */
export async function eventsBetween(
  events: Pick<EventStore, 'list'>,
  {
    districts,
    from,
    to,
    isVisible,
  }: { districts: string[]; from: Date; to: Date; isVisible: (event: Event) => boolean },
): Promise<Timed[]> {
  const found = new Map<string, Timed>();
  async function read(district: string) {
    let cursor: string | undefined;
    do {
      const page = await events.list({
        district,
        startsFrom: new Date(from.getTime() - LOOK_BACK),
        startsBefore: to,
        limit: PAGE,
        cursor,
        isVisible,
      });
      for (const event of page.items) {
        const times = found.has(event.id) ? [] : timesOf(event, from, to);
        if (times.length) found.set(event.id, { event, times });
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  await Promise.all(districts.map(read));
  return [...found.values()];
}

/** An event whose rule cannot be followed harms itself only. */
function timesOf(event: Event, from: Date, to: Date): Occurrence[] {
  try {
    return occurrences(event, from, to);
  } catch (error) {
    log.error('an event has no times', { eventId: event.id, ...causeOf(error) });
    return [];
  }
}
