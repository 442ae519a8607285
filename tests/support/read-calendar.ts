import ICAL from 'ical.js';
import ical, { type VEvent } from 'node-ical';
import { isOdd } from '../../shared/events/odd-hours.ts';
import { toInstant } from '../../shared/events/zone-time.ts';

/** One time that a calendar app would show. */
export type Shown = { uid: string; start: string; title: string; status?: string };

/** What ical.js (Thunderbird's library) shows of a calendar between two instants, by start. */
export function shownByIcalJs(text: string, from: Date, to: Date): Shown[] {
  const root = new ICAL.Component(ICAL.parse(text));
  for (const zone of root.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const all = root.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  const masters = all.filter((one) => !one.isRecurrenceException());
  for (const one of all) if (one.isRecurrenceException()) masterOf(one, masters)?.relateException(one);
  const shown = masters.flatMap((master) => {
    if (!master.isRecurring()) return [show(master, master.startDate)];
    const found: Shown[] = [];
    const times = master.iterator();
    for (let next = times.next(); next && next.toJSDate() < to && found.length < 1000; next = times.next()) {
      const { item, startDate } = master.getOccurrenceDetails(next);
      found.push(show(item, startDate));
    }
    return found;
  });
  return within(shown, from, to);
}

const masterOf = (override: ICAL.Event, masters: ICAL.Event[]) =>
  masters.find(({ uid }) => uid === override.uid);

const show = (event: ICAL.Event, start: ICAL.Time): Shown => ({
  uid: event.uid,
  start: start.isDate ? start.toString() : instantOf(start).toISOString(),
  title: event.summary,
  status: event.component.getFirstPropertyValue('status')?.toString(),
});

/** ical.js takes the second of an hour that exists twice; RFC 5545 §3.3.5, and others, the first. */
function instantOf(start: ICAL.Time): Date {
  const zone = start.zone?.tzid ?? 'UTC';
  const wall = start.toString().slice(0, 16);
  return zone !== 'UTC' && isOdd(wall, zone) ? toInstant(wall, zone) : start.toJSDate();
}

/** What node-ical shows of a calendar between two instants, by start. */
export function shownByNodeIcal(text: string, from: Date, to: Date): Shown[] {
  const components = Object.values(ical.sync.parseICS(text)).filter(
    (one): one is VEvent => one?.type === 'VEVENT',
  );
  const shown = components.flatMap((event) =>
    ical
      .expandRecurringEvent(event, { from, to, includeOverrides: true, excludeExdates: true })
      .map(({ start, event: item, isFullDay }) => ({
        uid: String(item.uid),
        start: isFullDay ? localDate(start) : start.toISOString(),
        title: String(typeof item.summary === 'object' ? item.summary.val : item.summary),
        status: item.status,
      })),
  );
  const left = misreadExceptions(text);
  return within(
    shown.filter(({ start }) => !left.has(start)),
    from,
    to,
  );
}

/** node-ical reads an EXDATE in an hour that exists twice as the second, and the occurrence as the first. */
const misreadExceptions = (text: string) =>
  new Set(
    [...text.replaceAll('\r\n ', '').matchAll(/^EXDATE;TZID=([^:]+):(.*)\r$/gm)].flatMap(
      ([, zone = '', list = '']) =>
        list
          .split(',')
          .map((digits) => digits.replace(/^(....)(..)(..)T(..)(..)..$/, '$1-$2-$3T$4:$5'))
          .filter((local) => isOdd(local, zone))
          .map((local) => toInstant(local, zone).toISOString()),
    ),
  );

const localDate = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

const within = (shown: Shown[], from: Date, to: Date) =>
  shown
    .filter(({ start }) => new Date(start) >= from && new Date(start) < to)
    .sort((one, other) => (one.start + one.uid < other.start + other.uid ? -1 : 1));
