import { type Calendar, type Form, pathOf, uidOf } from './calendar-groups.ts';
import { folded, textLine, uriLine, utcTime } from './content-lines.ts';
import type { Setting } from './render-event.ts';
import { vtimezone } from './vtimezone.ts';

/** What stands before the events of a calendar, and after them. */
export type Frame = { before: string; after: string };

/** What stands before the first and after the last event of an .ics file. */
export function calendarFrame(
  calendar: Pick<Calendar, 'group' | 'name' | 'description' | 'page'>,
  { force, origin }: Setting,
  form: Extract<Form, 'ics' | 'google'>,
  changedAt?: string,
  state?: number,
): Frame {
  const { name, description } = calendar;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    textLine('PRODID', `-//Streetmeet//${force.name}//EN`),
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `UID:${uidOf(`calendar-${calendar.group.replace(/[^\w-]/g, '-')}`, force)}`,
    textLine('NAME', name),
    textLine('X-WR-CALNAME', name),
    textLine('DESCRIPTION', description),
    textLine('X-WR-CALDESC', description),
    `X-WR-TIMEZONE:${force.timeZone}`,
    ...(changedAt ? [`LAST-MODIFIED:${utcTime(changedAt)}`] : []),
    ...(state === undefined ? [] : [`X-STREETMEET-STATE:${state}`]),
    uriLine('URL', `${origin}${calendar.page}`),
    uriLine('SOURCE;VALUE=URI', `${origin}/${pathOf(calendar.group, form)}`),
    'COLOR:navy',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
  ];
  return { before: folded(lines) + vtimezone(force.timeZone), after: 'END:VCALENDAR\r\n' };
}
