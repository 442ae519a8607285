import type { Event } from '../../../shared/events/event.ts';
import type { Occurrence } from '../../../shared/events/recurrence.ts';
import { addDays, toInstant } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { listed } from '../../../shared/words/listed.ts';
import { scheduleData } from './schedule-data.ts';

type Look = { force: Force; origin: string; picture?: string };

/** JSON-LD as it may stand in a page. */
export const embedded = (data: object) => inScript({ '@context': 'https://schema.org', ...data });

/** JSON as it may stand in a page: no `</script>` inside it can end it. */
export const inScript = (data: unknown) => JSON.stringify(data).replaceAll('<', '\\u003c');

const status: Partial<Record<Event['status'], string>> = {
  cancelled: 'EventCancelled',
  postponed: 'EventPostponed',
};

/**
 * https://schema.org/Event, with what search engines ask of one. A series is its next time, and says how it repeats.
 * @param next the time that is next, of a series
 * @see https://developers.google.com/search/docs/appearance/structured-data/event
 */
export function eventData(series: Event, look: Look, { previousStart, next }: Known = {}) {
  const { force, origin, picture } = look;
  const event = next?.event ?? series;
  const url = `${origin}/events/${event.id}`;
  const isOff = event.status in status;
  const eventStatus = status[event.status] ?? (previousStart ? 'EventRescheduled' : 'EventScheduled');
  return {
    '@type': 'Event',
    '@id': next?.recurrenceId ? `${url}#${next.recurrenceId}` : url,
    url,
    name: event.title,
    description: event.description || event.summary || undefined,
    image: picture && [picture],
    startDate: withOffset(event.start, event),
    endDate: event.allDay ? lastDate(event.end) : withOffset(event.end, event),
    // https://schema.org/previousStartDate goes with a rescheduled event, and with no other.
    previousStartDate: isOff || !previousStart ? undefined : withOffset(previousStart, event),
    eventStatus: `https://schema.org/${eventStatus}`,
    ...whereOf(event, url, force),
    organizer: organizerOf(force),
    offers:
      event.bookingUrl && !isOff
        ? { '@type': 'Offer', url: event.bookingUrl, price: 0, priceCurrency: 'GBP' }
        : undefined,
    maximumAttendeeCapacity: event.capacity,
    isAccessibleForFree: true,
    eventSchedule: series.recurrence && scheduleData(series),
  };
}

type Known = { previousStart?: string; next?: Occurrence };

const organizerOf = ({ name, website }: Force) => ({ '@type': 'GovernmentOrganization', name, url: website });

function whereOf({ venue, onlineUrl, kind, districts }: Event, url: string, force: Force) {
  const isOnline = onlineUrl !== undefined || kind === 'online';
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
  const virtual = isOnline ? { '@type': 'VirtualLocation', url: onlineUrl ?? url } : undefined;
  const locations = [place, virtual].filter((each) => each !== undefined);
  return {
    eventAttendanceMode: `https://schema.org/${mode}EventAttendanceMode`,
    location: locations.length > 1 ? locations : (locations[0] ?? areaOf(districts, force)),
  };
}

/** Somewhere in these districts: a patrol has no door to go to. */
const areaOf = (districts: string[], force: Force) => ({
  '@type': 'AdministrativeArea',
  name: listed(districts.map((id) => force.district.get(id)?.name ?? id)) || force.name,
  address: { '@type': 'PostalAddress', addressCountry: 'GB' },
});

/** One time that something takes place, for a list. */
export const itemData = (one: Occurrence, look: Look) => inScript(briefly(one, look));

function briefly(one: Occurrence, look: Look) {
  const {
    description: _,
    maximumAttendeeCapacity: _capacity,
    ...rest
  } = eventData(one.event, look, {
    next: one,
  });
  return rest;
}

/** https://schema.org/Event of a campaign, with what belongs to it. */
export const campaignData = (campaign: Force['campaigns'][number], times: Occurrence[], look: Look) => ({
  '@type': 'Event',
  '@id': `${look.origin}/campaigns/${campaign.id}`,
  url: `${look.origin}/campaigns/${campaign.id}`,
  name: campaign.name,
  image: look.picture && [look.picture],
  startDate: campaign.from,
  endDate: campaign.to,
  eventStatus: 'https://schema.org/EventScheduled',
  eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
  location: [
    areaOf([...new Set(times.flatMap(({ event }) => event.districts))], look.force),
    { '@type': 'VirtualLocation', url: `${look.origin}/campaigns/${campaign.id}` },
  ],
  organizer: organizerOf(look.force),
  isAccessibleForFree: true,
  subEvent: times.slice(0, 50).map((one) => briefly(one, look)),
});

/** `2027-06-26T18:00+01:00`, or a date. */
export function withOffset(local: string, { timeZone, allDay }: Pick<Event, 'timeZone' | 'allDay'>): string {
  if (allDay || local.length === 10) return local.slice(0, 10);
  const at = toInstant(local, timeZone).getTime();
  const wall = Date.parse(`${local}Z`);
  const minutes = (wall - at) / 60_000;
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (count: number) => String(count).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

const lastDate = (end: string) => addDays(end.slice(0, 10), -1);
