import { atomFrame } from '../../shared/calendars/atom.ts';
import type { Entry } from '../../shared/calendars/calendar-entry.ts';
import { calendarFrame } from '../../shared/calendars/calendar-frame.ts';
import type { Calendar, Form } from '../../shared/calendars/calendar-groups.ts';
import { isInWindow, windowAt } from '../../shared/calendars/calendar-window.ts';
import type { Setting } from '../../shared/calendars/render-event.ts';
import type { Kept } from './entry-store.ts';

/** What a calendar holds at a time: the texts on it, and when it last changed. */
export type Contents = { entries: Entry[]; changedAt?: string };

/** The entries that are on a calendar now, of all that is kept for it. */
export async function contentsOf(
  kept: AsyncIterable<Kept>,
  { isWindowed }: Pick<Calendar, 'isWindowed'>,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<Contents> {
  const window = windowAt(now, timeZone);
  const entries: Entry[] = [];
  let changedAt: string | undefined;
  for await (const { entry, hasLeft } of kept) {
    // What left counts too: a calendar whose bytes could return to what they were could be put by a writer that
    // had read the older state.
    if (changedAt === undefined || entry.updatedAt > changedAt) changedAt = entry.updatedAt;
    if (!hasLeft && (!isWindowed || isInWindow(entry, window))) entries.push(entry);
  }
  return { entries, changedAt };
}

/** The text of a calendar in one of its forms, from kept texts alone. */
export function assemble(form: Form, calendar: Calendar, { entries, changedAt }: Contents, setting: Setting) {
  if (form === 'json') return `{"items":[${entries.map(({ json }) => json).join(',')}]}\n`;
  const { before, after } =
    form === 'atom'
      ? atomFrame(calendar, setting, changedAt)
      : calendarFrame(calendar, setting, form, changedAt);
  return before + entries.map((entry) => textOf(entry, form)).join('') + after;
}

const textOf = (entry: Entry, form: Exclude<Form, 'json'>) =>
  form === 'atom' ? entry.atom : form === 'google' ? (entry.google ?? entry.ics) : entry.ics;
