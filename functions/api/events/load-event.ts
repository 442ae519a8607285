import { type Event, isPublic } from '../../../shared/events/event.ts';
import { PreconditionRequired } from '../../../shared/http/problem.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { mayAct, maySee, type Officer } from '../../../shared/identity/officer.ts';
import { Forbidden, NotFound, Stale } from '../../../shared/runtime/errors.ts';
import type { ApiDeps } from '../deps.ts';

type Deps = Pick<ApiDeps, 'events'>;

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
const isEventId = (id: string) => /^[\w-]{1,64}$/.test(id);

/**
 * The event that an officer is about to change.
 * @throws NotFound, Forbidden, PreconditionRequired, Stale
 */
export async function eventToChange(officer: Officer, request: HttpRequest, deps: Deps): Promise<Event> {
  const event = await eventSeenBy(officer, request.params.id ?? '', deps);
  permit(officer, event.districts);
  const wanted = request.header('if-match');
  if (!wanted) throw new PreconditionRequired('Send If-Match with the ETag of the event you read');
  const versions = wanted.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!versions.includes('*') && !versions.includes(`"${event.version}"`))
    throw new Stale(`The event is now version ${event.version}`);
  return event;
}

/** @throws Forbidden naming the district that is not the officer's */
export function permit(officer: Officer, districts: string[]) {
  if (mayAct(officer, districts)) return;
  const other = districts.find((district) => !officer.districts.includes(district));
  throw new Forbidden(`"${other}" is not a district of yours`);
}
