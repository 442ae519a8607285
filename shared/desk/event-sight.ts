import { type Event, isPublic } from '../events/event.ts';
import type { EventReads } from '../events/event-reads.ts';
import { mayAct, maySee, type Officer } from '../identity/officer.ts';
import { Forbidden, NotFound, Stale } from '../runtime/errors.ts';

type Deps = { events: Pick<EventReads, 'get'> };

/** The version of an event that somebody read; 'any' where they do not mind. */
export type VersionRead = number | 'any';

/** @throws NotFound when it is not there, or not for these eyes */
export async function eventSeenBy(
  officer: Officer | undefined,
  id: string,
  { events }: Deps,
): Promise<Event> {
  const event = isEventId(id) ? await events.get(id) : undefined;
  if (event && (isPublic(event) || (officer && maySee(officer, event)))) return event;
  throw new NotFound('There is no such event');
}

/** What could be an event's id: the table refuses keys that are too long. */
export const isEventId = (id: string) => /^[\w-]{1,64}$/.test(id);

/**
 * The event that an officer may change.
 * @throws NotFound, Forbidden
 */
export async function eventOf(officer: Officer, id: string, deps: Deps): Promise<Event> {
  const event = await eventSeenBy(officer, id, deps);
  permit(officer, event.districts);
  return event;
}

/** @throws Stale when it is none of the versions that were read */
export function expectVersion(event: Event, read: VersionRead[]) {
  if (!read.includes('any') && !read.includes(event.version))
    throw new Stale(`The event is now version ${event.version}`);
}

/** @throws Forbidden naming the district that is not the officer's */
export function permit(officer: Officer, districts: string[]) {
  if (mayAct(officer, districts)) return;
  const other = districts.find((district) => !officer.districts.includes(district));
  throw new Forbidden(`"${other}" is not a district of yours`);
}
