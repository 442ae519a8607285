import type { Event } from '../events/event.ts';
import type { Force } from '../force/force.ts';
import { english } from '../words/english.ts';
import { cleanLine, cleanText } from './content-lines.ts';

const prefix = { cancelled: 'CANCELLED: ', postponed: 'POSTPONED: ', draft: 'DRAFT: ' } as Record<
  string,
  string
>;

/** The title, with what a resident must know before the rest. */
export const titleOf = ({ status, title }: Pick<Event, 'status' | 'title'>) =>
  `${prefix[status] ?? ''}${cleanLine(title)}`;

export const placeOf = ({ venue, onlineUrl }: Pick<Event, 'venue' | 'onlineUrl'>) =>
  venue
    ? cleanLine([venue.name, venue.address, venue.postcode].filter(Boolean).join(', '))
    : onlineUrl
      ? english.online
      : undefined;

/** Who answers for an event: its team, and the shared mailbox; never an officer. */
export const organizerOf = ({ team, contact }: Pick<Event, 'team' | 'contact'>, force: Force) => ({
  name: cleanLine(force.team.get(team)?.name ?? force.name),
  email: contact.email ?? addressIn(force.senders.email),
});

/** All that fits no property of its own, as plain text. */
export function descriptionOf(event: Event, page: string): string {
  const { status, reason, summary, description, venue, partners, contact } = event;
  const isOff = status === 'cancelled' || status === 'postponed';
  const why = reason ? `: ${reason}` : '.';
  const access = venue?.access.map((fact) => english.access[fact]).join(', ');
  const reach = [contact.name, contact.email, contact.phone].filter(Boolean).join(', ');
  const paragraphs = [
    isOff && `${status === 'cancelled' ? 'Cancelled' : 'Postponed'}${why}`,
    !description.startsWith(summary) && summary,
    description,
    access && `Access: ${access}`,
    partners.length > 0 && `With ${partners.join(', ')}`,
    event.onlineUrl && `Join online: ${event.onlineUrl}`,
    event.bookingUrl && `Book: ${event.bookingUrl}`,
    `Contact: ${reach}`,
    page,
  ];
  return paragraphs
    .filter((words) => typeof words === 'string' && words !== '')
    .map((words) => cleanText(String(words)))
    .join('\n\n');
}

const addressIn = (sender: string) => /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender;
