import { Temporal } from 'temporal-polyfill';
import { folded } from './content-lines.ts';

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const known = new Map<string, string>();

/** Years whose clocks make the rule: enough to tell a last Sunday from a fourth one. */
const FIRST_YEAR = 2026;
const LAST_YEAR = 2035;

/**
 * The VTIMEZONE of a zone: today's rule as one yearly rule with its onset in 1970, because Outlook ignores zones
 * given as lists of dates (RFC 5545 §3.6.5).
 * @throws ZoneUnsupported where the zone has no such rule
 */
export function vtimezone(timeZone: string): string {
  const kept = known.get(timeZone) ?? folded(zoneLines(timeZone));
  known.set(timeZone, kept);
  return kept;
}

function zoneLines(timeZone: string): string[] {
  const changes = changesOf(timeZone);
  const start = Temporal.ZonedDateTime.from({ year: FIRST_YEAR, month: 1, day: 1, timeZone });
  const observances = changes.length
    ? ['STANDARD', 'DAYLIGHT'].map((name) => observance(name, changes, timeZone))
    : [standing(start)];
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observances.flat(), 'END:VTIMEZONE'];
}

type ClockChange = { before: Temporal.ZonedDateTime; after: Temporal.ZonedDateTime };

function changesOf(timeZone: string): ClockChange[] {
  const changes: ClockChange[] = [];
  let at = Temporal.ZonedDateTime.from({ year: FIRST_YEAR, month: 1, day: 1, timeZone });
  for (;;) {
    const after = at.getTimeZoneTransition('next');
    if (!after || after.year > LAST_YEAR) return changes;
    changes.push({ before: after.subtract({ nanoseconds: 1 }), after });
    at = after;
  }
}

function observance(name: string, changes: ClockChange[], timeZone: string): string[] {
  const own = changes.filter(
    ({ before, after }) => after.offsetNanoseconds > before.offsetNanoseconds === (name === 'DAYLIGHT'),
  );
  const [first] = own;
  // The wall clock that is about to change says when: RFC 5545 §3.6.5.
  const whens = own.map(({ before, after }) => after.toInstant().toZonedDateTimeISO(before.offset));
  const [when] = whens;
  const isYearly = whens.every(({ year }, place) => year === FIRST_YEAR + place);
  if (!first || !when || !isYearly || whens.length !== LAST_YEAR - FIRST_YEAR + 1)
    throw new ZoneUnsupported(timeZone);
  const isSame = whens.every(
    (one) =>
      one.month === when.month &&
      one.dayOfWeek === when.dayOfWeek &&
      one.toPlainTime().equals(when.toPlainTime()),
  );
  const nth = isSame && nthOf(whens);
  if (!nth) throw new ZoneUnsupported(timeZone);
  const onset = onsetIn1970(when, nth);
  return [
    `BEGIN:${name}`,
    `DTSTART:${onset}`,
    `RRULE:FREQ=YEARLY;BYMONTH=${when.month};BYDAY=${nth}${days[when.dayOfWeek - 1]}`,
    `TZNAME:${nameOf(first.after)}`,
    `TZOFFSETFROM:${basicOffset(first.before)}`,
    `TZOFFSETTO:${basicOffset(first.after)}`,
    `END:${name}`,
  ];
}

const standing = (start: Temporal.ZonedDateTime) => [
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  `TZNAME:${nameOf(start)}`,
  `TZOFFSETFROM:${basicOffset(start)}`,
  `TZOFFSETTO:${basicOffset(start)}`,
  'END:STANDARD',
];

/** Which of its weekday in the month each is: −1 for the last, or 1 to 4. */
function nthOf(whens: Temporal.ZonedDateTime[]): number | undefined {
  if (whens.every(({ day, daysInMonth }) => day > daysInMonth - 7)) return -1;
  const nths = new Set(whens.map(({ day }) => Math.ceil(day / 7)));
  return nths.size === 1 ? [...nths][0] : undefined;
}

function onsetIn1970({ month, dayOfWeek, hour, minute }: Temporal.ZonedDateTime, nth: number): string {
  const ofTheMonth = Array.from({ length: Temporal.PlainYearMonth.from({ year: 1970, month }).daysInMonth })
    .map((_, place) => Temporal.PlainDate.from({ year: 1970, month, day: place + 1 }))
    .filter((date) => date.dayOfWeek === dayOfWeek);
  const date = ofTheMonth.at(nth < 0 ? nth : nth - 1);
  const time = [hour, minute, 0].map((part) => String(part).padStart(2, '0')).join('');
  return `${date?.toString().replaceAll('-', '')}T${time}`;
}

const basicOffset = ({ offset }: Temporal.ZonedDateTime) => offset.replace(':', '').slice(0, 5);

const nameOf = (time: Temporal.ZonedDateTime) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: time.timeZoneId, timeZoneName: 'short' })
    .formatToParts(time.epochMilliseconds)
    .find(({ type }) => type === 'timeZoneName')?.value ?? time.timeZoneId;

export class ZoneUnsupported extends Error {
  override name = 'ZoneUnsupported';
  constructor(timeZone: string) {
    super(`the clocks of ${timeZone} follow no yearly rule that calendar apps understand`);
  }
}
