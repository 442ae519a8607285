import { calendarFaults, eventFaults } from './lint-rules.ts';
import { type CalendarFault, type Component, parseCalendar } from './parse-calendar.ts';

export type { CalendarFault } from './parse-calendar.ts';

/** What in a calendar breaks the rules that every client relies on; nothing where it is sound. */
export function lintCalendar(text: string): CalendarFault[] {
  const { faults, calendar } = parseCalendar(text);
  if (!calendar) return faults;
  const events = calendar.components.filter(({ name }) => name === 'VEVENT');
  const zones = new Set(
    calendar.components.filter(({ name }) => name === 'VTIMEZONE').map((zone) => firstOf(zone, 'TZID')),
  );
  return [
    ...faults,
    ...calendarFaults(calendar),
    ...events.flatMap((event) => eventFaults(event, zones)),
    ...twins(events),
  ];
}

function twins(events: Component[]): CalendarFault[] {
  const seen = new Set<string>();
  return events.flatMap((event) => {
    const identity = `${firstOf(event, 'UID')} ${firstOf(event, 'RECURRENCE-ID') ?? ''}`;
    if (!seen.has(identity)) {
      seen.add(identity);
      return [];
    }
    return [{ rule: 'uid', message: 'two events have the same UID and RECURRENCE-ID', line: event.line }];
  });
}

const firstOf = ({ properties }: Component, name: string) => properties.get(name)?.[0]?.value;
