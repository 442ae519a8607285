import { type Event, forResidents } from '../../../shared/events/event.ts';
import { type HttpResponse, json } from '../../../shared/http/response.ts';
import { maySee, type Officer } from '../../../shared/identity/officer.ts';

/**
 * An event as the outside sees it, with its addresses; members in the order people read them.
 * @param officer who asks: of their own districts' events they see what is not published yet
 */
export const shown = (event: Event, origin: string, officer?: Officer) => {
  const seen = officer && maySee(officer, event) ? event : forResidents(event);
  const { id, version, sequence, status, audience, title, summary, description, kind, districts, ...rest } =
    seen;
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
  { officer, headers = {} }: { officer?: Officer; headers?: Record<string, string> } = {},
): HttpResponse => json(status, shown(event, origin, officer), { etag: `"${event.version}"`, ...headers });
