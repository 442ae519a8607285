import type { Fault } from '../runtime/errors.ts';
import { isOdd } from './odd-hours.ts';
import { exceptionsOf, inTheFormOf } from './recurrence.ts';
import { localStarts, type Repeating, ruleParts } from './recurrence-rule.ts';
import { addDays } from './zone-time.ts';

export const MOST_OCCURRENCES = 500;

/** Days from the first start that calendars look ahead: 18 months. */
const LOOK_AHEAD_DAYS = 549;
const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const parts = new Set(
  'FREQ INTERVAL COUNT UNTIL BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST'.split(' '),
);

/**
 * What is wrong with an event's recurrence, in words for the officer: a rule that yields nothing, or more than
 * 500 occurrences in the 18 months after its start, is refused, as is one that no calendar app would read alike.
 */
export function recurrenceFaults(event: Repeating): Fault[] {
  if (!event.recurrence) return [];
  const { rrule, exceptions, overrides } = event.recurrence;
  const wrong = ruleFault(rrule);
  if (wrong) return [{ pointer: '/recurrence/rrule', message: wrong }];
  const horizon = addDays(event.start, LOOK_AHEAD_DAYS);
  let starts: string[];
  try {
    starts = localStarts(event, (local, place) => local <= horizon && place <= MOST_OCCURRENCES);
  } catch {
    return [{ pointer: '/recurrence/rrule', message: 'yields no occurrence, or cannot be understood' }];
  }
  const message = startsFault(event, starts);
  if (message) return [{ pointer: '/recurrence/rrule', message }];
  const known = new Set(starts);
  const isBeyond = (local: string) => local > horizon;
  const isUnknown = (local: string) => !known.has(local) && !isBeyond(local);
  const unknown = 'is not a start of this event';
  return [
    ...exceptions.flatMap((local, place) =>
      isUnknown(inTheFormOf(event.start, local))
        ? [{ pointer: `/recurrence/exceptions/${place}`, message: unknown }]
        : [],
    ),
    ...overrides.flatMap((one, place) => overrideFaults(event, one, place, isUnknown, unknown)),
  ];
}

function ruleFault(rrule: string): string | undefined {
  const given = ruleParts(rrule);
  const names = given.map(([name]) => name);
  const value = new Map(given);
  const strange = names.find((name) => !parts.has(name));
  if (strange) return `${strange} is not supported`;
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice) return `${twice} is given twice`;
  if (!frequencies.includes(value.get('FREQ') ?? '')) return `FREQ must be one of ${frequencies.join(', ')}`;
  if (value.has('COUNT') && value.has('UNTIL')) return 'COUNT and UNTIL cannot be given together';
  for (const name of ['COUNT', 'INTERVAL'])
    if (value.has(name) && !/^[1-9]\d{0,3}$/.test(value.get(name) ?? ''))
      return `${name} must be a whole number from 1`;
  if (value.has('UNTIL') && !/^\d{8}(T\d{6}Z?)?$/.test(value.get('UNTIL') ?? ''))
    return 'UNTIL must be a date or a time such as 20270701T090000Z';
  return undefined;
}

function startsFault(event: Repeating, starts: string[]): string | undefined {
  if (starts.length === 0) return 'yields no occurrence';
  if (starts.length > MOST_OCCURRENCES)
    return `yields more than ${MOST_OCCURRENCES} occurrences in the 18 months after the start`;
  // Apps disagree about a start that its own rule does not make: some show it, some do not.
  if (starts[0] !== event.start) return `does not include the start: its first occurrence is ${starts[0]}`;
  if (!event.allDay && isOdd(event.start, event.timeZone))
    return 'starts at an hour that the clocks leave out or show twice that day: apps would disagree about all the others';
  const gone = exceptionsOf(event);
  return starts.every((local) => gone.has(local)) ? 'yields no occurrence: each one is excepted' : undefined;
}

type Overrides = NonNullable<Repeating['recurrence']>['overrides'];

function overrideFaults(
  event: Repeating,
  { recurrenceId, start, end }: Overrides[number],
  place: number,
  isUnknown: (local: string) => boolean,
  unknown: string,
): Fault[] {
  const at = `/recurrence/overrides/${place}`;
  const form = event.allDay ? 10 : 16;
  const misshapen = Object.entries({ recurrenceId, start, end }).filter(
    ([, local]) => local !== undefined && local.length !== form,
  );
  if (misshapen.length)
    return misshapen.map(([member]) => ({
      pointer: `${at}/${member}`,
      message: event.allDay ? 'must be a date, as the event is all day' : 'must have a time',
    }));
  const twin = event.recurrence?.overrides.findIndex((one) => one.recurrenceId === recurrenceId);
  if (twin !== place) return [{ pointer: `${at}/recurrenceId`, message: 'is changed twice' }];
  if (isUnknown(recurrenceId)) return [{ pointer: `${at}/recurrenceId`, message: unknown }];
  if (end !== undefined && end <= (start ?? recurrenceId))
    return [{ pointer: `${at}/end`, message: 'must be after the start' }];
  return [];
}
