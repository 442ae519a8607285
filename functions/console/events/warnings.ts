import type { Event } from '../../../shared/events/event.ts';
import { isPublic } from '../../../shared/events/event.ts';
import { type FindClashesDeps, findClashes } from '../../../shared/events/find-clashes.ts';
import { maySee, type Officer } from '../../../shared/identity/officer.ts';

/** What an officer should know before an event goes out: clashes and bank holidays, each a sentence or two. */
export async function warningsFor(event: Event, officer: Officer, deps: FindClashesDeps) {
  const clashes = await findClashes(event, (other) => isPublic(other) || maySee(officer, other), deps);
  const isAlsoOfTeam = new Set(clashes.filter(({ kind }) => kind === 'team').map(({ eventId }) => eventId));
  const isAlsoThere = new Set(clashes.filter(({ kind }) => kind === 'venue').map(({ eventId }) => eventId));
  return clashes
    .filter(({ kind, eventId }) => !(kind === 'venue' && isAlsoOfTeam.has(eventId)))
    .map(({ kind, text, eventId }) => ({
      text: kind === 'team' && isAlsoThere.has(eventId) ? `${text} It is at the same place, too.` : text,
      href: eventId && `/console/events/${eventId}`,
    }));
}
