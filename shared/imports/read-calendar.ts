import { type Component, parseCalendar } from '../calendars/parse-calendar.ts';
import { Invalid } from '../runtime/errors.ts';
import { readText } from './read-text.ts';

/** One VEVENT: its number in the file, what it says, and lines of it that say nothing. */
export type CalendarRow = { row: number; component: Component; oddLines: string[] };

/**
 * The events of an iCalendar file. Long lines and bare line feeds are forgiven: many calendars have them.
 * @throws Invalid naming the line that makes the whole file unreadable
 */
export function readCalendar(bytes: Uint8Array): CalendarRow[] {
  const text = readText(bytes)
    .replace(/^\ufeff/, '')
    .trimEnd()
    .replace(/\r\n|\r|\n/g, '\r\n');
  const { calendar, faults } = parseCalendar(`${text}\r\n`);
  const broken = faults.filter(({ rule }) => rule === 'structure');
  if (!calendar || broken.length)
    throw new Invalid(
      broken.map(({ message, line }) => ({ pointer: '', message: `line ${line ?? 1}: ${message}` })),
      'The file is not an iCalendar file',
    );
  const odd = faults.filter(({ rule, line }) => rule === 'property' && line);
  const components = calendar.components.filter(({ name }) => name === 'VEVENT');
  return components.map((component, place) => {
    const end = components[place + 1]?.line ?? Number.POSITIVE_INFINITY;
    return {
      row: place + 1,
      component,
      oddLines: odd
        .filter(({ line = 0 }) => line > component.line && line < end)
        .map(({ line, message }) => `line ${line} ${message}`),
    };
  });
}
