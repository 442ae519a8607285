import type { Event } from '../events/event.ts';
import { calendarFrame } from './calendar-frame.ts';
import { calendarOf, ownGroup } from './calendar-groups.ts';
import { renderEvent, type Setting } from './render-event.ts';

/** One event as an .ics file of its own: METHOD:PUBLISH, and its STATUS says whether it is on. */
export function eventFile(event: Event, setting: Setting): string {
  const calendar = calendarOf(ownGroup(event.id), setting.force);
  if (!calendar) throw new Error(`there is no calendar of ${event.id}`);
  const { before, after } = calendarFrame(calendar, setting, 'ics', event.updatedAt);
  return before + renderEvent(event, setting) + after;
}
