import type { Event } from '../../../shared/events/event.ts';
import { isPublic } from '../../../shared/events/event.ts';
import { type FindClashesDeps, findClashes } from '../../../shared/events/find-clashes.ts';
import { maySee, type Officer } from '../../../shared/identity/officer.ts';

/** What an officer should know before an event goes out: clashes and bank holidays, each a sentence. */
export async function warningsFor(event: Event, officer: Officer, deps: FindClashesDeps) {
  const clashes = await findClashes(event, (other) => isPublic(other) || maySee(officer, other), deps);
  return clashes.map(({ text, eventId }) => ({ text, href: eventId && `/console/events/${eventId}` }));
}
