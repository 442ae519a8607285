import { type Event, forResidents } from '../events/event.ts';
import type { Setting } from './render-event.ts';

const members =
  'id version sequence status audience title summary description kind districts team campaign start end timeZone allDay recurrence venue onlineUrl bookingUrl capacity partners contact surveyUrl reason externalId attendance createdAt updatedAt publishedAt url calendarUrl'.split(
    ' ',
  );

/**
 * An event as the API shows it, with its addresses. Its members are in one order: the table gives them in any,
 * and a calendar's bytes must depend on the data alone.
 */
export function eventJson(event: Event, { origin }: Pick<Setting, 'origin'>): string {
  const shown: Record<string, unknown> = {
    ...forResidents(event),
    url: `${origin}/events/${event.id}`,
    calendarUrl: `${origin}/calendars/events/${event.id}.ics`,
  };
  const more = Object.keys(shown).filter((name) => !members.includes(name));
  return JSON.stringify(
    Object.fromEntries([...members, ...more.sort()].map((name) => [name, sorted(shown[name])])),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, held]) => [name, sorted(held)]),
  );
}
