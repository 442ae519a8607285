import * as z from 'zod';
import type { Event } from '../events/event.ts';
import { kinds, statuses } from '../events/event-terms.ts';
import type { Bulletin } from './bulletin.ts';

const moment = z.object({
  status: z.enum(statuses),
  start: z.string(),
  end: z.string(),
  allDay: z.boolean(),
  venue: z.string().optional(),
});

/**
 * What machines receive on a district's topic (`default` of `MessageStructure: json`), version 1. Members may be
 * added; none changes its meaning while `version` is 1.
 */
export const topicMessage = z.object({
  version: z.literal(1),
  bulletin: z.string(),
  district: z.string(),
  at: z.iso.datetime(),
  events: z.array(
    z.object({
      id: z.string(),
      version: z.int(),
      change: z.enum(['published', 'moved', 'postponed', 'cancelled', 'withdrawn', 'reminder']),
      before: moment.optional(),
      /** Absent once it is withdrawn: it is no longer public. */
      now: moment
        .extend({
          title: z.string(),
          kind: z.enum(kinds),
          campaign: z.string().optional(),
          timeZone: z.string(),
          reason: z.string().optional(),
          url: z.url(),
        })
        .optional(),
    }),
  ),
});

export type TopicMessage = z.infer<typeof topicMessage>;

export function topicMessageOf(bulletin: Bulletin, events: Map<string, Event>, origin: string): TopicMessage {
  return {
    version: 1,
    bulletin: bulletin.id,
    district: bulletin.district,
    at: bulletin.at,
    events: bulletin.entries.flatMap(({ eventId, version, what, before }) => {
      // Only residents get digests and surveys: a machine has heard all of it.
      if (what === 'upcoming' || what === 'survey') return [];
      const event = what === 'withdrawn' ? undefined : events.get(eventId);
      return [
        {
          id: eventId,
          version,
          change: what,
          before: before && { ...when(before), venue: before.venue?.name },
          now: event && {
            ...when(event),
            venue: event.venue?.name,
            title: event.title,
            kind: event.kind,
            campaign: event.campaign,
            timeZone: event.timeZone,
            reason: event.reason,
            url: `${origin}/events/${event.id}`,
          },
        },
      ];
    }),
  };
}

const when = ({ status, start, end, allDay }: Pick<Event, 'status' | 'start' | 'end' | 'allDay'>) => ({
  status,
  start,
  end,
  allDay,
});
