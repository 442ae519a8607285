import type { EventInput } from './event-input.ts';
import type { Status } from './event-terms.ts';

/** An event as it is kept. Addresses (`url`, `calendarUrl`) are added where it is shown. */
export type Event = EventInput & {
  id: string;
  /** Rises with each edit: the ETag. */
  version: number;
  /** Rises with each material change: RFC 5546 §2.1.4. */
  sequence: number;
  status: Status;
  reason?: string;
  attendance?: number;
  outcome?: Outcome;
  createdAt: string;
  updatedAt: string;
  publishedAt?: string;
  /** The events that it was part of before their series was split, oldest first. */
  continues?: string[];
  /** Where its series was split: the event that goes on, from the local start that the rule gave then. */
  continued?: { id: string; from: string };
};

/** What residents raised, and what was done about it: "you said, we did". */
export type Outcome = { raised: string; did: string; isPublished: boolean };

/** The event without what only officers may read of it. */
export function forResidents({ outcome, ...event }: Event): Event {
  return outcome?.isPublished ? { ...event, outcome } : event;
}

/** Every id under which residents were told of it or follow it. */
export const idsOf = ({ id, continues = [] }: Pick<Event, 'id' | 'continues'>) => [id, ...continues];

/** Whether a resident may see it. A draft never was public; a cancelled one stays so that everyone sees it. */
export const isPublic = (event: Pick<Event, 'audience' | 'publishedAt'>) =>
  event.audience === 'public' && event.publishedAt !== undefined;

/** The description below the summary, with which officers often begin it. */
export const withoutSummary = ({ summary, description }: Pick<Event, 'summary' | 'description'>) =>
  description.startsWith(summary) ? description.slice(summary.length).trim() : description;
