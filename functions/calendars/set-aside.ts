import type { Entry } from '../../shared/calendars/calendar-entry.ts';
import type { Frame } from '../../shared/calendars/calendar-frame.ts';
import { type CalendarFault, lintCalendar } from '../../shared/calendars/lint-calendar.ts';
import { log } from '../../shared/runtime/log.ts';
import { count } from '../../shared/runtime/metric.ts';

/** Texts that passed, by event: each is published in several calendars, and again whenever a neighbour changes. */
const passed = new Map<string, string>();
const MOST_KEPT = 2_000;

/** The entries whose texts pass the lint within this frame; of each other one it is told that it is set aside. */
export function soundOnes(entries: Entry[], frame: Frame, now: Date): Entry[] {
  const fresh = entries.filter((entry) => passed.get(entry.id) !== textsOf(entry));
  if (faultsOf(fresh, frame).length === 0) {
    if (passed.size + fresh.length > MOST_KEPT) passed.clear();
    for (const entry of fresh) passed.set(entry.id, textsOf(entry));
    return entries;
  }
  return entries.filter((entry) => {
    const faults = faultsOf([entry], frame);
    if (faults.length) setAside(entry, faults, now);
    return faults.length === 0;
  });
}

const textsOf = ({ ics, google }: Entry) => (google ? ics + google : ics);

/** What is wrong with the texts of these entries, in both flavours. */
export function faultsOf(entries: Entry[], { before, after }: Frame): CalendarFault[] {
  const standard = entries.map(({ ics }) => ics);
  const google = entries.flatMap((entry) => entry.google ?? []);
  return [standard, google].flatMap((texts) => lintCalendar(before + texts.join('') + after));
}

/** Tells that a text is not published. */
export function setAside(
  { id: eventId, version }: Pick<Entry, 'id' | 'version'>,
  faults: CalendarFault[],
  now: Date,
): void {
  count('EventSetAside', now);
  log.error('an event is set aside: its text fails the lint', { eventId, version, ...detail(faults) });
}

/** Tells that a calendar is not published, and why; what is published stays. */
export function refused(group: string, faults: CalendarFault[], now: Date): void {
  count('CalendarRefused', now);
  log.error('a calendar is not published: it fails the lint', { group, ...detail(faults) });
}

const detail = ([first]: CalendarFault[]) => ({ rule: first?.rule, fault: first?.message });
