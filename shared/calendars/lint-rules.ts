import type { CalendarFault, Component, Property } from './parse-calendar.ts';

const date = /^\d{8}$/;
const localTime = /^\d{8}T\d{6}$/;
const utcTime = /^\d{8}T\d{6}Z$/;
const uid = /^[^@\s]+@[^@\s]+$/;
const statuses = ['TENTATIVE', 'CONFIRMED', 'CANCELLED'];
/** A `;`, `,` or newline that TEXT must escape, or a backslash that escapes nothing. */
const unescaped = /(?:^|[^\\])(?:\\\\)*(?:[;,]|\\[^\\;,nN]|\\$)/;
const texts = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'CONTACT', 'COMMENT', 'REFID'];
const calendarTexts = ['NAME', 'DESCRIPTION', 'X-WR-CALNAME', 'X-WR-CALDESC'];

/** RFC 5545 §3.6, RFC 7986 §5 and RFC 5546 §3.2.1: what a published calendar says of itself. */
export function calendarFaults(calendar: Component): CalendarFault[] {
  const check = checking(calendar);
  for (const name of ['VERSION', 'PRODID', 'METHOD', 'NAME', 'X-WR-CALNAME', 'X-WR-TIMEZONE'])
    check.once(name);
  for (const name of ['CALSCALE', 'UID', 'URL', 'SOURCE', 'COLOR', 'LAST-MODIFIED']) check.atMostOnce(name);
  check.form('VERSION', /^2\.0$/, 'must be 2.0');
  check.form('METHOD', /^PUBLISH$/, 'must be PUBLISH');
  check.form('CALSCALE', /^GREGORIAN$/, 'must be GREGORIAN');
  check.form(
    'PRODID',
    /^-\/\/[^/].*\/\/[A-Z]{2}$/,
    'must be a formal public identifier, -//Owner//Product//EN',
  );
  check.form('LAST-MODIFIED', utcTime, 'must be in UTC');
  check.form('COLOR', /^[a-z]+$/, 'must be the CSS name of a colour');
  check.form('REFRESH-INTERVAL', /^P[0-9DTHMS]+$/, 'must be a duration');
  if (check.first('REFRESH-INTERVAL') && check.first('REFRESH-INTERVAL')?.params.get('VALUE') !== 'DURATION')
    check.fault('refresh-interval', 'REFRESH-INTERVAL lacks VALUE=DURATION');
  for (const name of calendarTexts) check.text(name);
  for (const zone of calendar.components.filter(({ name }) => name === 'VTIMEZONE'))
    zoneFaults(zone, check.fault);
  const known = calendar.components.some(
    (zone) => zone.properties.get('TZID')?.[0]?.value === check.first('X-WR-TIMEZONE')?.value,
  );
  if (!known) check.fault('vtimezone', 'X-WR-TIMEZONE has no VTIMEZONE');
  return check.faults;
}

/** Outlook ignores a zone that is given as a list of dates, or begins after the events it is for. */
function zoneFaults(zone: Component, fault: (rule: string, message: string) => void) {
  const names = zone.components.map(({ name }) => name);
  if (!names.includes('STANDARD')) fault('vtimezone', 'has no STANDARD time');
  for (const observance of zone.components) {
    const has = (name: string) => observance.properties.get(name)?.[0]?.value;
    if (observance.properties.has('RDATE')) fault('vtimezone', 'is given by RDATE, which Outlook ignores');
    if (!has('DTSTART')?.startsWith('1970')) fault('vtimezone', 'does not begin in 1970');
    if (names.includes('DAYLIGHT') && !has('RRULE')?.startsWith('FREQ=YEARLY'))
      fault('vtimezone', 'has no yearly rule');
    for (const name of ['TZOFFSETFROM', 'TZOFFSETTO'])
      if (!/^[+-]\d{4}$/.test(has(name) ?? '')) fault('vtimezone', `lacks ${name}`);
  }
}

/** RFC 5545 §3.6.1 and §3.8, RFC 5546 §3.2.1, and our own rules for public calendars. */
export function eventFaults(event: Component, zones: Set<string | undefined>): CalendarFault[] {
  const check = checking(event);
  const { first, fault } = check;
  for (const name of [
    'UID',
    'DTSTAMP',
    'DTSTART',
    'DTEND',
    'SEQUENCE',
    'LAST-MODIFIED',
    'SUMMARY',
    'STATUS',
    'ORGANIZER',
    'TRANSP',
  ])
    check.once(name);
  for (const name of ['DESCRIPTION', 'LOCATION', 'GEO', 'URL', 'RRULE', 'RECURRENCE-ID', 'CREATED'])
    check.atMostOnce(name);
  check.form('UID', uid, 'must be a name, @ and a domain');
  for (const name of ['DTSTAMP', 'CREATED', 'LAST-MODIFIED'])
    check.form(name, utcTime, 'must be in UTC, with Z');
  check.form('SEQUENCE', /^\d+$/, 'must be a whole number');
  check.form('STATUS', new RegExp(`^(${statuses.join('|')})$`), `must be one of ${statuses.join(', ')}`);
  check.form('TRANSP', /^TRANSPARENT$/, 'must be TRANSPARENT: an open day must not block a diary');
  check.form('ORGANIZER', /^mailto:[^@\s,;]+@[^@\s,;]+$/, 'must be a mailto address');
  check.form(
    'GEO',
    /^-?\d{1,2}(\.\d{1,6})?;-?\d{1,3}(\.\d{1,6})?$/,
    'must be two numbers of six decimals at most',
  );
  if (event.properties.has('ATTENDEE')) fault('method', 'ATTENDEE is forbidden with METHOD:PUBLISH');
  if (event.properties.has('METHOD')) fault('method', 'METHOD must stand on the calendar only');
  if (event.components.some(({ name }) => name === 'VALARM'))
    fault('alarm', 'a public calendar must not ring');
  for (const name of texts) check.text(name);
  for (const { value } of event.properties.get('CATEGORIES') ?? [])
    if (value.split(/(?<!\\)(?:\\\\)*,/).some((category) => unescaped.test(category)))
      fault('escape', 'CATEGORIES is not escaped');
  timeFaults(event, zones, check);
  const title = first('SUMMARY')?.value ?? '';
  if (first('STATUS')?.value === 'CANCELLED' && !title.startsWith('CANCELLED: '))
    fault('cancelled', 'a cancelled event must say so in its SUMMARY');
  return check.faults;
}

function timeFaults(event: Component, zones: Set<string | undefined>, { first, fault }: Checking) {
  const start = first('DTSTART');
  const end = first('DTEND');
  const isAllDay = start?.params.get('VALUE') === 'DATE';
  const zone = start?.params.get('TZID');
  const others = ['DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE'].flatMap(
    (name) => event.properties.get(name) ?? [],
  );
  for (const time of start ? [start, ...others] : others) {
    const tzid = time.params.get('TZID');
    const isDate = time.params.get('VALUE') === 'DATE';
    // An override at an hour that exists twice is in UTC, and still names its occurrence in the series' zone.
    const isForm = isDate === isAllDay && (tzid === zone || time === first('RECURRENCE-ID'));
    if (!isForm) fault('zone', 'its times are not all in the form of DTSTART', time.line);
    if (tzid && !zones.has(tzid)) fault('vtimezone', `${tzid} has no VTIMEZONE`, time.line);
    if (!isDate && !tzid && !time.value.endsWith('Z')) fault('zone', 'a time has no zone', time.line);
    const form = isDate ? date : tzid ? localTime : utcTime;
    for (const value of time.value.split(','))
      if (!form.test(value)) fault('time', `"${value.slice(0, 20)}" is not a time of its form`, time.line);
  }
  if (start && end && end.value <= start.value) fault('time', 'DTEND is not after DTSTART', end.line);
  const until = /(?:^|;)UNTIL=([^;]*)/.exec(first('RRULE')?.value ?? '')?.[1];
  if (until !== undefined && !(isAllDay ? date : utcTime).test(until))
    fault('until', isAllDay ? 'UNTIL must be a date' : 'UNTIL must be in UTC, as DTSTART has a zone');
  if (first('RECURRENCE-ID') && first('RRULE')) fault('recurrence', 'an override must not repeat');
}

type Checking = ReturnType<typeof checking>;

function checking(component: Component) {
  const faults: CalendarFault[] = [];
  const all = (name: string): Property[] => component.properties.get(name) ?? [];
  const first = (name: string): Property | undefined => all(name)[0];
  const fault = (rule: string, message: string, line = component.line) => {
    faults.push({ rule, message, line, uid: first('UID')?.value });
  };
  return {
    faults,
    first,
    fault,
    once: (name: string) => {
      if (all(name).length !== 1) fault('required', `must have one ${name}, has ${all(name).length}`);
    },
    atMostOnce: (name: string) => {
      if (all(name).length > 1) fault('required', `has ${all(name).length} ${name}`);
    },
    form: (name: string, form: RegExp, message: string) => {
      for (const { value, line } of all(name))
        if (!form.test(value)) fault(name.toLowerCase(), `${name} ${message}`, line);
    },
    text: (name: string) => {
      for (const { value, line } of all(name))
        if (unescaped.test(value)) fault('escape', `${name} is not escaped`, line);
    },
  };
}
