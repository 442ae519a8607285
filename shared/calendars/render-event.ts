import { ICalCalendar, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { Event } from '../events/event.ts';
import { isOdd, leftOutStarts } from '../events/odd-hours.ts';
import { exceptionsOf, instants, type Override, overridden } from '../events/recurrence.ts';
import { digits, localStarts, normalRule, ruleParts } from '../events/recurrence-rule.ts';
import { toInstant, toLocal } from '../events/zone-time.ts';
import type { Force } from '../force/force.ts';
import { english } from '../words/english.ts';
import { uidOf } from './calendar-groups.ts';
import { completed } from './complete-event.ts';
import { utcTime } from './content-lines.ts';
import { descriptionOf, organizerOf, placeOf, titleOf } from './describe-event.ts';

/** What a rendering depends on besides the event. */
export type Setting = { force: Force; origin: string };

/** Google hides cancelled events altogether: in its flavour they stay confirmed, and the title says it. */
export type Flavour = 'standard' | 'google';

/** The VEVENTs of an event: the master, then one for each occurrence that differs. */
export function renderEvent(event: Event, setting: Setting, flavour: Flavour = 'standard'): string {
  return [
    vevent(event, setting, flavour),
    ...overridesOf(event).map((override) =>
      vevent(overridden(event, override), setting, flavour, override.recurrenceId),
    ),
  ].join('');
}

/**
 * Occurrences that differ from their series, and those at an hour that the change of clocks leaves out: some apps
 * drop them, some move them forward, some back, so each is pinned by an override that says when it is.
 */
function overridesOf(event: Event): Override[] {
  const exceptions = exceptionsOf(event);
  const given = (event.recurrence?.overrides ?? []).filter(
    ({ recurrenceId }) => !exceptions.has(recurrenceId),
  );
  const isGiven = new Set(given.map(({ recurrenceId }) => recurrenceId));
  const pinned = leftOutStarts(event).filter((local) => !isGiven.has(local) && !exceptions.has(local));
  return [...given, ...pinned.map((recurrenceId) => ({ recurrenceId }))].sort((one, other) =>
    one.recurrenceId < other.recurrenceId ? -1 : 1,
  );
}

/** Whether Google needs a text of its own. */
export const differsForGoogle = ({ status, recurrence }: Event) =>
  status === 'cancelled' || (recurrence?.overrides.some((one) => one.status === 'cancelled') ?? false);

function vevent(event: Event, { force, origin }: Setting, flavour: Flavour, recurrenceId?: string): string {
  const page = `${origin}/events/${event.id}`;
  const campaign = event.campaign && force.campaign.get(event.campaign)?.name;
  // The calendar has no zone: with one the library writes DTSTAMP without Z. Times go in as the wall clock shows
  // them, and get their zone in `completed`: the library moves those that the change of clocks leaves out, and
  // with the first of a series all the others.
  const text = new ICalCalendar()
    .createEvent({
      id: uidOf(event.id, force),
      sequence: event.sequence,
      stamp: new Date(event.updatedAt),
      created: new Date(event.createdAt),
      lastModified: new Date(event.updatedAt),
      ...times(event),
      allDay: event.allDay,
      repeating: event.recurrence ? ruleOf(event) : null,
      summary: titleOf(event),
      description: descriptionOf(event, page),
      location: placeOf(event),
      organizer: organizerOf(event, force),
      categories: [english.kinds[event.kind], ...(campaign ? [campaign] : [])].map((name) => ({ name })),
      url: page,
      status: statusOf(event, flavour),
      transparency: ICalEventTransparency.TRANSPARENT,
    })
    .toString();
  return completed(text, event, { page, recurrenceId });
}

function times(event: Event) {
  if (event.allDay)
    return { start: Temporal.PlainDate.from(event.start), end: Temporal.PlainDate.from(event.end) };
  const { startsAt, endsAt } = instants(event);
  if (event.recurrence) return { start: wall(event.start), end: wall(event.end), floating: true };
  const [start, end] = [startsAt, endsAt].map((instant) => toLocal(instant, event.timeZone)) as [
    string,
    string,
  ];
  // An hour that the wall clock shows twice can be told apart only in UTC.
  if (isOdd(start, event.timeZone) || isOdd(end, event.timeZone)) return { start: startsAt, end: endsAt };
  return { start: wall(start), end: wall(end), floating: true };
}

const wall = (local: string) => Temporal.PlainDateTime.from(local);

function ruleOf(event: Event): string {
  const rule = `RRULE:${normalRule(countable(event), event)}`;
  const except = [...exceptionsOf(event)].map((local) => digits(local));
  const form = event.allDay ? 'VALUE=DATE' : `TZID=${event.timeZone}`;
  return except.length ? `${rule}\r\nEXDATE;${form}:${except.join(',')}` : rule;
}

/** Some apps do not count an hour that the clocks leave out: such a series ends by date, not by number. */
function countable(event: Event): string {
  const rrule = event.recurrence?.rrule ?? '';
  const isCounted = ruleParts(rrule).some(([name]) => name === 'COUNT');
  if (!isCounted || leftOutStarts(event).length === 0) return rrule;
  const last = localStarts(event, () => true).at(-1) ?? event.start;
  return rrule.replace(/COUNT=\d+/, `UNTIL=${utcTime(toInstant(last, event.timeZone).toISOString())}`);
}

function statusOf({ status }: Event, flavour: Flavour): ICalEventStatus {
  if (status === 'cancelled' && flavour === 'standard') return ICalEventStatus.CANCELLED;
  return status === 'postponed' || status === 'draft' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
}
