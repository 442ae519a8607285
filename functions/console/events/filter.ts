import * as z from 'zod';
import type { Event } from '../../../shared/events/event.ts';
import { kinds, statuses } from '../../../shared/events/event-terms.ts';
import { isInReach } from '../../../shared/events/reach.ts';

export type Filter = z.infer<typeof schema>;

/** What is not understood filters nothing: a list is never an error. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const day = maybe(z.iso.date().refine(isInReach));

const schema = z.object({
  words: maybe(z.string().trim().min(1).max(100)),
  district: maybe(z.string()),
  kind: maybe(z.enum(kinds)),
  status: maybe(z.enum(statuses)),
  from: day,
  to: day,
  after: maybe(z.string().max(200)),
});

export const filterIn = (query: URLSearchParams): Filter => schema.parse(Object.fromEntries(query));

/** Whether the event has the status, and somewhere every word, whatever their order and case. */
export function isWanted({ status, words = '' }: Filter) {
  const wanted = folded(words).split(/\s+/);
  return (event: Event) =>
    (status ?? event.status) === event.status && wanted.every((word) => textOf(event).includes(word));
}

const textOf = ({ title, summary, venue, externalId, partners }: Event) =>
  folded([title, summary, venue?.name, venue?.postcode, externalId, ...partners].join('\n'));

/** `Café` is found as `cafe`. */
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
