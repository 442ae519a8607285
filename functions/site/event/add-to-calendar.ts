import type { Event } from '../../../shared/events/event.ts';
import { withOffset } from '../look/structured-data.ts';

/** Where to put one event into somebody's own calendar. */
export function addToCalendar(event: Event, url: string, origin: string) {
  const { venue } = event;
  const location = venue && [venue.name, venue.address, venue.postcode].filter(Boolean).join(', ');
  const details = [event.summary, url].filter(Boolean).join('\n\n');
  return {
    file: `${origin}/calendars/events/${event.id}.ics`,
    google: `https://calendar.google.com/calendar/render?${query({
      action: 'TEMPLATE',
      text: event.title,
      dates: `${compact(event.start)}/${compact(event.end)}`,
      ctz: event.timeZone,
      details,
      location,
      recur: event.recurrence && `RRULE:${event.recurrence.rrule}`,
    })}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${query({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: event.title,
      // With their offset: Outlook would read them on the clock of whoever looks.
      startdt: withOffset(event.start, event),
      enddt: withOffset(event.end, event),
      allday: event.allDay ? 'true' : undefined,
      body: details,
      location,
    })}`,
  };
}

const query = (parameters: Record<string, string | undefined>) =>
  new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );

/** `20270126T180000`, or a date alone. */
const compact = (local: string) =>
  local.length === 10 ? local.replaceAll('-', '') : `${local.replace(/[-:]/g, '')}00`;
