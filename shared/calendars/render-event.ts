import { ICalCalendar, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { Event } from '../events/event.ts';
import { exceptionsOf, instants, overridden } from '../events/recurrence.ts';
import { digits, normalRule } from '../events/recurrence-rule.ts';
import { toLocal } from '../events/zone-time.ts';
import type { Force } from '../force/force.ts';
import { english } from '../words/english.ts';
import { uidOf } from './calendar-groups.ts';
import { completed } from './complete-event.ts';
import { descriptionOf, organizerOf, placeOf, titleOf } from './describe-event.ts';

/** What a rendering depends on besides the event. */
export type Setting = { force: Force; origin: string };

/** Google hides cancelled events altogether: in its flavour they stay confirmed, and the title says it. */
export type Flavour = 'standard' | 'google';

/** The VEVENTs of an event: the master, then one for each occurrence that differs. */
export function renderEvent(event: Event, setting: Setting, flavour: Flavour = 'standard'): string {
  const exceptions = exceptionsOf(event);
  const changed = (event.recurrence?.overrides ?? []).filter(
    ({ recurrenceId }) => !exceptions.has(recurrenceId),
  );
  return [
    vevent(event, setting, flavour),
    ...changed.map((override) =>
      vevent(overridden(event, override), setting, flavour, override.recurrenceId),
    ),
  ].join('');
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
      ...wallTimes(event),
      allDay: event.allDay,
      floating: !event.allDay,
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

function wallTimes(event: Event) {
  if (event.allDay)
    return { start: Temporal.PlainDate.from(event.start), end: Temporal.PlainDate.from(event.end) };
  const { startsAt, endsAt } = instants(event);
  const isSeries = event.recurrence !== undefined;
  const wall = (local: string, instant: Date) =>
    Temporal.PlainDateTime.from(isSeries ? local : toLocal(instant, event.timeZone));
  return { start: wall(event.start, startsAt), end: wall(event.end, endsAt) };
}

function ruleOf(event: Event): string {
  const rule = `RRULE:${normalRule(event.recurrence?.rrule ?? '', event)}`;
  const except = [...exceptionsOf(event)].map((local) => digits(local));
  const form = event.allDay ? 'VALUE=DATE' : `TZID=${event.timeZone}`;
  return except.length ? `${rule}\r\nEXDATE;${form}:${except.join(',')}` : rule;
}

function statusOf({ status }: Event, flavour: Flavour): ICalEventStatus {
  if (status === 'cancelled' && flavour === 'standard') return ICalEventStatus.CANCELLED;
  return status === 'postponed' || status === 'draft' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
}
