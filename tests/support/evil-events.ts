import { cancelled, completed, draftOf, published, withOutcome } from '../../shared/events/edit-event.ts';
import type { Event } from '../../shared/events/event.ts';
import { evilInput, evilText, harm } from './evil.ts';

export const attackedAt = new Date('2027-02-10T08:00:00Z');

const { input } = evilInput();
const { recurrence: _, ...single } = input;
const out = (id: string): Event =>
  published(draftOf({ ...single, externalId: `${evilText} ${id}` }, id, attackedAt), attackedAt);

/** Events in every state, with an attack in every field that takes one. */
export const evilEvents: Event[] = [
  draftOf(input, 'draft', attackedAt),
  published(draftOf({ ...input, externalId: `${evilText} 2` }, 'series', attackedAt), attackedAt),
  published(draftOf(evilInput(['javascript:alert(1)']).input, 'address', attackedAt), attackedAt),
  cancelled(out('off'), evilText, attackedAt),
  withOutcome(
    completed(out('done'), 3, attackedAt),
    { raised: evilText, did: evilText, isPublished: true },
    attackedAt,
  ),
  out('ended'),
];

/** What of it a page shows as it was written. */
export const harmIn = (html: string) => harm.filter((pattern) => pattern.test(html)).map(String);

/** The attack in everything that a page reads from its address. */
export const evilQuery = (...names: string[]) =>
  `?${new URLSearchParams(names.map((name): [string, string] => [name, evilText]))}`;
