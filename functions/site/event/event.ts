import { type Event, isPublic } from '../../../shared/events/event.ts';
import { instants, occurrences } from '../../../shared/events/recurrence.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { when } from '../../../shared/words/when.ts';
import type { PageDeps } from '../deps.ts';
import { embedded, eventData } from '../look/structured-data.ts';
import { addToCalendar } from './add-to-calendar.ts';
import template from './event.njk';

const YEAR = 366 * 86_400_000;

/** One event: what residents need to decide to go, and to get there. */
export function eventRoutes({ pages, events, force, origin, now }: PageDeps): Route[] {
  const { words } = pages;

  async function show(request: HttpRequest) {
    const event = await events.get(request.params.id ?? '');
    if (!event || !isPublic(event)) throw new NotFound('There is no such event');
    return pages.shared(request, template, {
      title: event.title,
      description: event.summary || undefined,
      event,
      isOff: event.status === 'cancelled' || event.status === 'postponed',
      isOver: !event.recurrence && instants(event).endsAt <= now(),
      when: when(event, words),
      next: event.recurrence ? nextDates(event) : [],
      place: event.venue && [event.venue.name, event.venue.address, event.venue.postcode].filter(Boolean),
      map: mapOf(event),
      access: event.venue?.access.map((fact) => ({ fact, text: words.access[fact] })),
      isOnline: event.onlineUrl !== undefined || event.kind === 'online',
      kind: words.kinds[event.kind],
      team: force.team.get(event.team)?.name,
      campaign: force.campaign.get(event.campaign ?? ''),
      districts: event.districts.flatMap((id) => force.district.get(id) ?? []),
      add: addToCalendar(event, origin),
      data: embedded(eventData(event, { force, origin })),
    });
  }

  const nextDates = (event: Event) =>
    occurrences(event, now(), new Date(now().getTime() + YEAR))
      .slice(0, 6)
      .map(({ event: then }) => ({ when: when(then, words), isOff: then.status === 'cancelled' }));

  return [{ method: 'GET', path: '/events/{id}', answer: show }];
}

function mapOf({ venue }: Event): string | undefined {
  if (!venue) return undefined;
  if (venue.latitude !== undefined && venue.longitude !== undefined)
    return `https://www.openstreetmap.org/?mlat=${venue.latitude}&mlon=${venue.longitude}#map=17/${venue.latitude}/${venue.longitude}`;
  const query = [venue.address || venue.name, venue.postcode].filter(Boolean).join(', ');
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(query)}`;
}
