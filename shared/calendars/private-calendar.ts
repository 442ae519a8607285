import type { Event } from '../events/event.ts';
import { occursIn } from '../events/recurrence.ts';
import { calendarFrame } from './calendar-frame.ts';
import { windowAt } from './calendar-window.ts';
import { lintCalendar } from './lint-calendar.ts';
import { renderEvent, type Setting } from './render-event.ts';

/**
 * An officer's own calendar: every event given, drafts and all audiences, within the window. An event whose text
 * fails the lint is left out.
 * @param token the last part of the calendar's address, which nobody else may learn
 */
export function privateCalendar(
  { events, name, token }: { events: Event[]; name: string; token: string },
  setting: Setting,
  now: Date,
): string {
  const { from, to } = windowAt(now, setting.force.timeZone);
  const frame = {
    group: `private/${token}`,
    name,
    description: `${name}: all events, drafts and those that are not public too. Do not pass this address on.`,
    page: '/console',
  };
  const shown = events.filter((event) => occursIn(event, new Date(from), new Date(to)));
  const changedAt = shown
    .map(({ updatedAt }) => updatedAt)
    .sort()
    .at(-1);
  const { before, after } = calendarFrame(frame, setting, 'ics', changedAt);
  const texts = shown
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((event) => renderEvent(event, setting))
    .filter((text) => lintCalendar(before + text + after).length === 0);
  return before + texts.join('') + after;
}
