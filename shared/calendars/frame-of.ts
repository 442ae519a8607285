import { atomFrame } from './atom.ts';
import { calendarFrame, type Frame } from './calendar-frame.ts';
import type { Calendar, Form } from './calendar-groups.ts';
import type { Setting } from './render-event.ts';

/** What stands around the events of a calendar in each of its forms. */
export function frameOf(
  form: Form,
  calendar: Calendar,
  setting: Setting,
  { changedAt, state }: { changedAt?: string; state?: number } = {},
): Frame {
  if (form === 'json')
    return { before: '{"items":[', after: state === undefined ? ']}\n' : `],"state":${state}}\n` };
  return form === 'atom'
    ? atomFrame(calendar, setting, changedAt, state)
    : calendarFrame(calendar, setting, form, changedAt, state);
}
