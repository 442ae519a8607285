import type { Property } from '../calendars/parse-calendar.ts';
import { type LocalTime, toInstant, toLocal } from '../events/zone-time.ts';

/** A time of an iCalendar file: on its own clock, and on the force's. */
export type FileTime = {
  local: LocalTime;
  isDate: boolean;
  /** The zone it was given in; nothing where it is a date, or wall time wherever one is. */
  zone?: string;
  given: LocalTime;
};

/** A property that cannot be understood. */
export class Misread extends Error {
  override name = 'Misread';
  readonly property: string;
  constructor(property: string, message: string) {
    super(message);
    this.property = property;
  }
}

const form = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/;

/**
 * A DATE or DATE-TIME (RFC 5545 §3.3.4, §3.3.5) on the force's wall clock, to the minute.
 * @throws Misread
 */
export function readTime(
  name: string,
  { params, value }: Pick<Property, 'params' | 'value'>,
  timeZone: string,
): FileTime {
  const [, year, month, day, hour, minute, second, utc] = form.exec(value.trim()) ?? [];
  const date = `${year}-${month}-${day}`;
  if (!year || !isReal(`${date}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`))
    throw new Misread(name, `"${value}" is no date or time`);
  if (hour === undefined) return { local: date, given: date, isDate: true };
  const given = `${date}T${hour}:${minute}`;
  const tzid = params.get('TZID');
  const zone = utc ? 'UTC' : tzid && zoneOf(tzid);
  if (tzid && !zone) throw new Misread(name, `"${tzid}" is not a time zone we know`);
  const local = zone && zone !== timeZone ? toLocal(toInstant(given, zone), timeZone) : given;
  return { local, given, isDate: false, zone };
}

/** Each time of a property that may be a list, such as EXDATE. */
export const readTimes = (name: string, { params, value }: Property, timeZone: string) =>
  value.split(',').map((each) => readTime(name, { params, value: each }, timeZone));

/** Days that exist: 31 June is read as 1 July by Date. */
const isReal = (text: string) => {
  const at = new Date(`${text}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** Outlook's names for the zones of Europe (Unicode CLDR, windowsZones). */
const outlookZones: Record<string, string> = {
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'GTB Standard Time': 'Europe/Bucharest',
  'FLE Standard Time': 'Europe/Kyiv',
};

/** An IANA zone, also behind a prefix as `/citadel.org/20260101_1/Europe/London`, or Outlook's name for one. */
function zoneOf(tzid: string): string | undefined {
  const parts = tzid.split('/').filter(Boolean);
  const names = [outlookZones[tzid], tzid, parts.slice(-2).join('/'), parts.slice(-3).join('/')];
  return names.find((name) => name && isZone(name));
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
