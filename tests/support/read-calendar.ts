import ICAL from 'ical.js';
import ical, { type VEvent } from 'node-ical';
import { isLeftOut, isOdd } from '../../shared/events/odd-hours.ts';
import { toInstant } from '../../shared/events/zone-time.ts';

/** One time that a calendar app would show. */
export type Shown = { uid: string; start: string; title: string; status?: string };

/** What ical.js (Thunderbird's library) shows of a calendar between two instants, by start. */
export function shownByIcalJs(text: string, from: Date, to: Date): Shown[] {
  const root = new ICAL.Component(ICAL.parse(text));
  for (const zone of root.getAllSubcomponents('vtimezone')) registerOnce(zone);
  // It would expand the zone's rules anew for each calendar; without them it takes those that are registered.
  root.removeAllSubcomponents('vtimezone');
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

const registered = new Map<string, string>();

function registerOnce(component: ICAL.Component) {
  const zone = new ICAL.Timezone(component);
  const text = component.toString();
  if (registered.get(zone.tzid) === text) return;
  registered.set(zone.tzid, text);
  ICAL.TimezoneService.register(zone);
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
  const misread = misreadTimes(text);
  const shown = nodeIcalEvents(text).flatMap((event) =>
    nodeIcalTimes(event, from, to)
      .filter(({ start, isOverride }) => isOverride || !misread.has(`${start.toISOString()} ${event.uid}`))
      .map(({ start, event: item, isFullDay }) => ({
        uid: String(item.uid),
        start: isFullDay ? localDate(start) : start.toISOString(),
        title: String(typeof item.summary === 'object' ? item.summary.val : item.summary),
        status: item.status,
      })),
  );
  return within(shown, from, to);
}

export const nodeIcalEvents = (text: string) =>
  Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT');

export const nodeIcalTimes = (event: VEvent, from: Date, to: Date) =>
  ical.expandRecurringEvent(event, { from, to, includeOverrides: true, excludeExdates: true });

/**
 * node-ical reads an EXDATE or a RECURRENCE-ID in an hour that exists twice as the second, and the occurrence it
 * names as the first (RFC 5545 §3.3.5): it shows that occurrence too. These are the ones, by instant and UID.
 */
function misreadTimes(text: string): Set<string> {
  const times = /^(?:EXDATE|RECURRENCE-ID);TZID=([^:]+):(.*)\r$/gm;
  return new Set(
    text
      .replaceAll('\r\n ', '')
      .split('BEGIN:VEVENT')
      .flatMap((vevent) =>
        [...vevent.matchAll(times)].flatMap(([, zone = '', list = '']) =>
          list
            .split(',')
            .map((digits) => digits.replace(/^(....)(..)(..)T(..)(..)..$/, '$1-$2-$3T$4:$5'))
            .filter((local) => isOdd(local, zone) && !isLeftOut(local, zone))
            .map((local) => `${toInstant(local, zone).toISOString()} ${/^UID:(.*)\r$/m.exec(vevent)?.[1]}`),
        ),
      ),
  );
}

const localDate = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

const within = (shown: Shown[], from: Date, to: Date) =>
  shown
    .filter(({ start }) => new Date(start) >= from && new Date(start) < to)
    .sort((one, other) => (one.start + one.uid < other.start + other.uid ? -1 : 1));
