import { calendarFrame } from '../../../shared/calendars/calendar-frame.ts';
import { windowAt } from '../../../shared/calendars/calendar-window.ts';
import { renderEvent, type Setting } from '../../../shared/calendars/render-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { EventStore } from '../../../shared/events/event-store.ts';
import { eventsBetween } from '../../../shared/events/events-between.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { type KnownOfficersDeps, officerOfToken } from '../../../shared/identity/known-officers.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { causeOf, log } from '../../../shared/runtime/log.ts';
import type { ApiRoute } from '../openapi/operation.ts';

type Deps = KnownOfficersDeps & Setting & { events: Pick<EventStore, 'list'> };

/** Most events on it: Lambda answers 6 MB at most, and calendar apps read far less. */
const MOST_EVENTS = 2500;

/** An officer's own districts, all audiences and drafts, for a calendar app that knows only this address. */
export const privateCalendar = (deps: Deps): ApiRoute => ({
  method: 'GET',
  path: '/calendars/private/{file}',
  answer: async (request) => ({
    status: 200,
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' },
    body: await calendarFor(request, deps),
  }),
  operation: {
    id: 'getPrivateCalendar',
    summary: 'An officer’s calendar: own districts, all audiences, drafts',
    description:
      'Its whole address is the secret; `GET /me` tells it. It ends 90 days after the officer was last seen.',
    about: 'Officers',
    who: 'anybody',
    answers: [
      {
        status: 200,
        description: 'iCalendar (RFC 5545)',
        headers: ['Cache-Control'],
        forms: [{ type: 'text/calendar' }],
      },
    ],
    problems: [404],
  },
});

async function calendarFor({ params: { file = '' } }: HttpRequest, deps: Deps): Promise<string> {
  const token = /^(.+)\.ics$/.exec(file)?.[1] ?? '';
  const officer = await officerOfToken(token, deps);
  if (!officer) throw new NotFound('There is no such calendar');
  const { force, events, now } = deps;
  const window = windowAt(now(), force.timeZone);
  const found = await eventsBetween(events, {
    districts: officer.districts.filter((id) => force.district.has(id)),
    from: new Date(window.from),
    to: new Date(window.to),
    isVisible: () => true,
  });
  const shown = found.map(({ event }) => event).sort(byStart);
  const isCut = shown.length > MOST_EVENTS;
  const where = officer.districts.flatMap((id) => force.district.get(id)?.name ?? []).join(', ');
  const { before, after } = calendarFrame(
    {
      group: `private/${token}`,
      name: `${force.name} events, all of mine`,
      description: `For officers only: ${where}. Drafts, and events for partners and colleagues, are on it.${
        isCut ? ` Only the first ${MOST_EVENTS} events.` : ''
      }`,
      page: '/console',
    },
    deps,
    'ics',
  );
  return (
    before +
    shown
      .slice(0, MOST_EVENTS)
      .map((event) => vevents(event, deps))
      .join('') +
    after
  );
}

const byStart = (one: Event, other: Event) =>
  one.start < other.start || (one.start === other.start && one.id < other.id) ? -1 : 1;

/** What is not public says so (RFC 5545 §3.8.1.3). A bad event harms itself only. */
function vevents(event: Event, setting: Setting): string {
  try {
    const text = renderEvent(event, setting);
    return event.audience === 'public'
      ? text
      : text.replaceAll('BEGIN:VEVENT\r\n', 'BEGIN:VEVENT\r\nCLASS:CONFIDENTIAL\r\n');
  } catch (error) {
    log.error('an event cannot be rendered', { eventId: event.id, ...causeOf(error) });
    return '';
  }
}
