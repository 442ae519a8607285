/** A rule that a calendar breaks, and where. */
export type CalendarFault = { rule: string; message: string; line?: number; uid?: string };

export type Property = { params: Map<string, string>; value: string; line: number };
export type Component = {
  name: string;
  properties: Map<string, Property[]>;
  components: Component[];
  line: number;
};

const MAX_OCTETS = 75;
const propertyForm =
  /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^",;:]*)(?:,(?:"[^"]*"|[^",;:]*))*)*):(.*)$/s;
const parameterForm = /;([A-Za-z0-9-]+)=((?:"[^"]*"|[^",;:]*)(?:,(?:"[^"]*"|[^",;:]*))*)/g;

/** The tree of an iCalendar text, and what in its form is wrong (RFC 5545 §3.1). */
export function parseCalendar(text: string): { calendar?: Component; faults: CalendarFault[] } {
  const faults: CalendarFault[] = [];
  const fault = (rule: string, message: string, line?: number) => faults.push({ rule, message, line });
  if (text.startsWith('\uFEFF')) fault('encoding', 'begins with a byte order mark', 1);
  if (!text.isWellFormed()) fault('encoding', 'holds half of a surrogate pair');
  if (!text.endsWith('\r\n')) fault('line-end', 'does not end with CRLF');
  const lines = text.replace(/\r\n$/, '').split('\r\n');
  const stack: Component[] = [];
  let calendar: Component | undefined;
  let start = 0;
  for (const [place, line] of lines.entries()) {
    lineFaults(line, place + 1, fault);
    const next = lines[place + 1];
    if (next?.startsWith(' ') || next?.startsWith('\t')) continue;
    const whole = start === place ? line : unfolded(lines, start, place);
    const at = start + 1;
    start = place + 1;
    const property = propertyForm.exec(whole);
    if (!property) {
      fault('property', `is no property: ${JSON.stringify(whole.slice(0, 40))}`, at);
      continue;
    }
    const [, name = '', params = '', value = ''] = property;
    const upper = name.toUpperCase();
    if (upper === 'BEGIN') {
      const component = { name: value, properties: new Map(), components: [], line: at };
      stack.at(-1)?.components.push(component);
      if (stack.length === 0) {
        if (calendar) fault('structure', 'holds more than one VCALENDAR', at);
        calendar ??= component;
      }
      stack.push(component);
    } else if (upper === 'END') {
      if (stack.pop()?.name !== value) fault('structure', `END:${value} ends nothing`, at);
    } else {
      const inside = stack.at(-1);
      if (!inside) fault('structure', `${upper} stands outside the calendar`, at);
      const same = inside?.properties.get(upper);
      const parsed = { params: parametersOf(params), value, line: at };
      if (same) same.push(parsed);
      else inside?.properties.set(upper, [parsed]);
    }
  }
  if (stack.length) fault('structure', `${stack.at(-1)?.name} has no END`);
  if (calendar?.name !== 'VCALENDAR') fault('structure', 'is no VCALENDAR', 1);
  return { calendar, faults };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000a-\u001f\u007f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII may be longer than it looks
const ascii = /^[\u0000-\u007f]*$/;

function lineFaults(line: string, at: number, fault: (rule: string, message: string, line: number) => void) {
  const octets = line.length > MAX_OCTETS || ascii.test(line) ? line.length : Buffer.byteLength(line);
  if (octets > MAX_OCTETS) fault('folding', `is longer than ${MAX_OCTETS} octets`, at);
  if (control.test(line)) fault('control', 'holds a control character or a lone line break', at);
  if (line === '') fault('property', 'is empty', at);
  // UTF-16 halves on either side of a fold are found by asking for well-formed lines.
  if (!line.isWellFormed()) fault('folding', 'is folded inside a character', at);
}

const unfolded = (lines: string[], from: number, to: number) =>
  lines
    .slice(from, to + 1)
    .map((line, place) => (place ? line.slice(1) : line))
    .join('');

function parametersOf(params: string): Map<string, string> {
  const found = new Map<string, string>();
  if (params)
    for (const [, name = '', value = ''] of params.matchAll(parameterForm))
      found.set(name.toUpperCase(), value.replace(/^"([^"]*)"$/, '$1'));
  return found;
}
