import { Temporal } from 'temporal-polyfill';
import type { Event } from '../../../shared/events/event.ts';
import type { District, Force } from '../../../shared/force/force.ts';

type Look = { force: Force; origin: string };

/** JSON-LD as it may stand in a page: no `</script>` inside it can end it. */
export const embedded = (data: object) =>
  JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c');

const status: Partial<Record<Event['status'], string>> = {
  cancelled: 'EventCancelled',
  postponed: 'EventPostponed',
};

/** https://schema.org/Event */
export function eventData(event: Event, { force, origin }: Look, previousStart?: string) {
  const { venue } = event;
  const isOnline = event.onlineUrl !== undefined || event.kind === 'online';
  const url = `${origin}/events/${event.id}`;
  const eventStatus = status[event.status] ?? (previousStart ? 'EventRescheduled' : 'EventScheduled');
  const mode = venue && isOnline ? 'Mixed' : isOnline ? 'Online' : 'Offline';
  const place = venue && {
    '@type': 'Place',
    name: venue.name,
    address: {
      '@type': 'PostalAddress',
      streetAddress: venue.address || undefined,
      postalCode: venue.postcode || undefined,
      addressCountry: 'GB',
    },
    ...(venue.latitude !== undefined &&
      venue.longitude !== undefined && {
        geo: { '@type': 'GeoCoordinates', latitude: venue.latitude, longitude: venue.longitude },
      }),
  };
  const virtual = isOnline && { '@type': 'VirtualLocation', url: event.onlineUrl ?? url };
  const locations = [place, virtual].filter(Boolean);
  return {
    '@type': 'Event',
    '@id': url,
    url,
    name: event.title,
    description: event.description || event.summary || undefined,
    startDate: withOffset(event.start, event),
    endDate: event.allDay ? lastDate(event.end) : withOffset(event.end, event),
    previousStartDate: previousStart && withOffset(previousStart, event),
    eventStatus: `https://schema.org/${eventStatus}`,
    eventAttendanceMode: `https://schema.org/${mode}EventAttendanceMode`,
    location: locations.length > 1 ? locations : locations[0],
    organizer: { '@type': 'GovernmentOrganization', name: force.name, url: force.website },
    maximumAttendeeCapacity: event.capacity,
    isAccessibleForFree: true,
  };
}

/** A district's list of events. */
export const districtData = (district: District, events: Event[], look: Look) => ({
  '@type': 'ItemList',
  name: district.name,
  itemListElement: events
    .slice(0, 30)
    .map((event, place) => ({ '@type': 'ListItem', position: place + 1, item: briefly(event, look) })),
});

function briefly(event: Event, look: Look) {
  const { description: _, maximumAttendeeCapacity: _capacity, ...rest } = eventData(event, look);
  return rest;
}

/** https://schema.org/Event of a campaign, with what belongs to it. */
export const campaignData = (campaign: Force['campaigns'][number], events: Event[], look: Look) => ({
  '@type': 'Event',
  name: campaign.name,
  url: `${look.origin}/campaigns/${campaign.id}`,
  startDate: campaign.from,
  endDate: campaign.to,
  eventStatus: 'https://schema.org/EventScheduled',
  eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
  location: { '@type': 'AdministrativeArea', name: look.force.name },
  organizer: { '@type': 'GovernmentOrganization', name: look.force.name, url: look.force.website },
  subEvent: events.slice(0, 50).map((event) => briefly(event, look)),
});

function withOffset(local: string, { timeZone, allDay }: Pick<Event, 'timeZone' | 'allDay'>): string {
  if (allDay || local.length === 10) return local.slice(0, 10);
  return Temporal.PlainDateTime.from(local)
    .toZonedDateTime(timeZone)
    .toString({ timeZoneName: 'never', smallestUnit: 'minute' });
}

const lastDate = (end: string) => Temporal.PlainDate.from(end.slice(0, 10)).subtract({ days: 1 }).toString();
