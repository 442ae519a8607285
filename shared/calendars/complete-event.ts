import type { Event } from '../events/event.ts';
import { digits } from '../events/recurrence-rule.ts';
import { folded, textLine, uriLine } from './content-lines.ts';

/** A VEVENT from the library with what the library has no property for, and the zone of its wall times. */
export function completed(
  vevent: string,
  event: Event,
  { page, recurrenceId }: { page: string; recurrenceId?: string },
): string {
  const zoned = vevent
    .split('\r\n')
    .filter((line) => line !== '' && line !== 'END:VEVENT')
    .map((line) => line.replace(/^(DTSTART|DTEND):(\d{8}T\d{6})$/, `$1;TZID=${event.timeZone}:$2`));
  const more = [
    recurrenceId && recurrenceLine(event, recurrenceId),
    geoLine(event.venue),
    event.audience !== 'public' && 'CLASS:PRIVATE',
    textLine('CONTACT', [event.contact.name, event.contact.phone].filter(Boolean).join(', ')),
    event.onlineUrl && uriLine('CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Join online', event.onlineUrl),
    event.campaign && textLine('REFID', event.campaign),
    uriLine('LINK;LINKREL="alternate";VALUE=URI', page),
  ];
  return folded([...zoned, ...more.filter((line) => !!line).map(String), 'END:VEVENT']);
}

const recurrenceLine = ({ allDay, timeZone }: Event, recurrenceId: string) =>
  `RECURRENCE-ID;${allDay ? 'VALUE=DATE' : `TZID=${timeZone}`}:${digits(recurrenceId)}`;

/** RFC 5545 §3.8.1.6: six decimals. The library leaves it out at longitude 0, which is Greenwich. */
const geoLine = (venue: Event['venue']) =>
  venue?.latitude === undefined || venue.longitude === undefined
    ? undefined
    : `GEO:${degrees(venue.latitude)};${degrees(venue.longitude)}`;

const degrees = (value: number) => String(Number(value.toFixed(6)));
