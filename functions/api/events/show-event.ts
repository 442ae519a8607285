import type { Event } from '../../../shared/events/event.ts';
import { type HttpResponse, json } from '../../../shared/http/response.ts';

/** An event as the outside sees it, with its addresses; members in the order people read them. */
export const shown = (event: Event, origin: string) => {
  const { id, version, sequence, status, audience, title, summary, description, kind, districts, ...rest } =
    event;
  return {
    ...{ id, version, sequence, status, audience, title, summary, description, kind, districts },
    ...rest,
    url: `${origin}/events/${event.id}`,
    calendarUrl: `${origin}/calendars/events/${event.id}.ics`,
  };
};

/** One event with its version as the ETag. */
export const eventResponse = (
  status: number,
  event: Event,
  origin: string,
  headers: Record<string, string> = {},
): HttpResponse => json(status, shown(event, origin), { etag: `"${event.version}"`, ...headers });
