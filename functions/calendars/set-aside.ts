import type { Entry } from '../../shared/calendars/calendar-entry.ts';
import type { Calendar, Form } from '../../shared/calendars/calendar-groups.ts';
import { type CalendarFault, lintCalendar } from '../../shared/calendars/lint-calendar.ts';
import { log } from '../../shared/runtime/log.ts';
import { count } from '../../shared/runtime/metric.ts';
import type { Contents } from './assemble-calendar.ts';

/**
 * The text of a calendar that passes the lint, without the events that fail it, each of which is told; nothing
 * where the rest fails too, so that what is published stays.
 */
export function withoutFaults(
  form: Form,
  calendar: Calendar,
  contents: Contents,
  assembled: (contents: Contents) => string,
): string | undefined {
  const text = assembled(contents);
  if (form !== 'ics' && form !== 'google') return text;
  if (lintCalendar(text).length === 0) return text;
  const isSound = (entry: Entry) => {
    const faults = lintCalendar(assembled({ ...contents, entries: [entry] }));
    if (faults.length) setAside(entry.id, entry.version, faults);
    return faults.length === 0;
  };
  const rest = assembled({ ...contents, entries: contents.entries.filter(isSound) });
  const faults = lintCalendar(rest);
  if (faults.length === 0) return rest;
  count('CalendarRefused');
  log.error('a calendar is not published: it fails the lint', { group: calendar.group, ...detail(faults) });
  return undefined;
}

/** Tells that a text is not published. */
export function setAside(eventId: string, version: number, faults: CalendarFault[]): void {
  count('EventSetAside');
  log.error('an event is set aside: its text fails the lint', { eventId, version, ...detail(faults) });
}

const detail = ([first]: CalendarFault[]) => ({ rule: first?.rule, fault: first?.message });
