import type { CheckedInput } from '../../../shared/desk/checked-input.ts';
import { editedSeries } from '../../../shared/events/edited-series.ts';
import type { EventInput } from '../../../shared/events/event-input.ts';
import { inTheFormOf } from '../../../shared/events/recurrence.ts';
import { localStarts } from '../../../shared/events/recurrence-rule.ts';
import { type Repetition, repeats, repetitionOf, ruleOf } from '../../../shared/events/repetition.ts';
import { addDays } from '../../../shared/events/zone-time.ts';
import { faultsOf } from '../../../shared/http/request.ts';
import { type Fault, Invalid } from '../../../shared/runtime/errors.ts';
import { saysTheSame } from './says-the-same.ts';
import { typedDate, typedTime } from './typed-times.ts';
import type { Values } from './values.ts';

/**
 * The event that the form says.
 * @param before the event as it was, of which the form cannot say all
 * @throws Invalid with all that is wrong: what only the form knows by its field, the rest by its member
 */
export function eventIn(values: Values, schema: CheckedInput, before?: EventInput): EventInput {
  const { input, faults } = inputOf(values, before);
  const parsed = schema.safeParse(input);
  if (parsed.success && !faults.length) return parsed.data;
  const isKnown = faults.some(({ pointer }) => pointer !== '/schoolAgreed' && pointer !== '/team');
  const others = parsed.success
    ? []
    : faultsOf(parsed.error).filter(({ pointer }) => !isKnown || !/^\/(start|end|recurrence)/.test(pointer));
  throw new Invalid([...faults, ...others]);
}

function inputOf(values: Values, before?: EventInput) {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ pointer: `/${field}`, message });
  const { start, end } = spanOf(values, fault);
  if (values.kind === 'school-visit' && values.audience === 'public' && !values.schoolAgreed)
    fault('schoolAgreed', 'Say that the school agreed, or choose who may see it');
  // The schema looks for it only where all else is right: everything is told at once.
  if (!values.team) fault('team', 'Choose the team that runs it');
  const span = { start, end, allDay: values.allDay === 'yes' };
  const recurrence = start && end ? recurrenceOf(values, { ...span, start, end }, before, fault) : undefined;
  const given = (value: string) => value || undefined;
  const input = withoutAbsent({
    audience: given(values.audience),
    title: values.title,
    summary: values.summary,
    description: values.description.replaceAll('\r\n', '\n'),
    kind: given(values.kind),
    districts: values.districts,
    team: given(values.team) ?? '',
    campaign: given(values.campaign),
    ...span,
    recurrence,
    venue: venueOf(values),
    onlineUrl: given(values.onlineUrl),
    bookingUrl: given(values.bookingUrl),
    capacity: number(values.capacity),
    partners: values.partners.split(/\r?\n/).flatMap((line) => line.trim() || []),
    contact: contactOf(values),
    surveyUrl: given(values.surveyUrl),
    externalId: given(values.externalId),
  });
  return { input, faults };
}

/** A member that is absent is not there at all, as in JSON: else a place would seem to have moved. */
const withoutAbsent = (input: object): Record<string, unknown> => JSON.parse(JSON.stringify(input));

type AddFault = (field: string, message: string) => void;

function spanOf(values: Values, fault: AddFault) {
  const isTime = (text: string) => /^\d\d:\d\d$/.test(text);
  const date = typedDate(values.date);
  const last = typedDate(values.lastDay) || date;
  const [from, until] = [typedTime(values.from), typedTime(values.until)];
  const isAllDay = values.allDay === 'yes';
  if (!isDate(date)) fault('date', 'Enter the date, like 30/1/2027');
  if (values.lastDay && !isDate(last)) fault('lastDay', 'Enter the last day as a date, like 31/1/2027');
  if (!isAllDay && !isTime(from)) fault('from', 'Enter when it starts, like 10:00');
  if (!isAllDay && !isTime(until)) fault('until', 'Enter when it ends, like 15:00');
  if (!isDate(date) || !isDate(last)) return {};
  if (isAllDay) return { start: date, end: addDays(last, 1) };
  return isTime(from) && isTime(until) ? { start: `${date}T${from}`, end: `${last}T${until}` } : {};
}

/** A day that there is. */
const isDate = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true;

type Span = { start: string; end: string; allDay: boolean };

/**
 * The repetition as the form says it. Where it says what it said before, its days go along with a start that moves;
 * of another rule the days that were off stay off.
 */
function recurrenceOf(values: Values, span: Span, before: EventInput | undefined, fault: AddFault) {
  if (!values.repeat) return undefined;
  if (values.repeat === 'as-it-is') return before && editedSeries(before, span).recurrence;
  const repetition = repetitionIn(values, fault);
  if (!repetition) return undefined;
  if (before?.recurrence && saysTheSame(repetitionOf(before.recurrence.rrule, before), repetition))
    return editedSeries(before, span).recurrence;
  const rrule = ruleOf(repetition, span.start);
  return { rrule, ...singleDays({ rrule, start: span.start }, before) };
}

function repetitionIn(values: Values, fault: AddFault): Repetition | undefined {
  const repeat = repeats.find((each) => each === values.repeat);
  const [on, after] = [typedDate(values.endsOn), number(values.endsAfter)];
  if (!repeat) fault('repeat', 'Choose how often it repeats');
  else if (on && after) fault('endsOn', 'Give the last date or how many times, not both');
  else if (on && !isDate(on)) fault('endsOn', 'Enter the last date, like 20/7/2027');
  else if (after !== undefined && !(Number.isInteger(after) && after > 0))
    fault('endsAfter', 'Enter how many times, like 6');
  else return { repeat, on: weekdaysIn(values), ends: on ? { on } : after ? { after } : undefined };
  return undefined;
}

const weekdaysIn = ({ on, repeat }: Values) =>
  repeat === 'weekly' || repeat === 'fortnightly' ? on.filter((day) => /^[0-6]$/.test(day)).map(Number) : [];

function singleDays({ rrule, start }: { rrule: string; start: string }, before: EventInput | undefined) {
  const recurrence = before?.recurrence;
  if (!before || !recurrence) return { exceptions: [], overrides: [] };
  const days = [...recurrence.exceptions, ...recurrence.overrides.map(({ recurrenceId }) => recurrenceId)];
  const last =
    days
      .map((day) => day.slice(0, 10))
      .sort()
      .at(-1) ?? '';
  const series = { ...before, start, recurrence: { ...recurrence, rrule } };
  const starts = new Set(days.length ? startsOf(series, last) : []);
  const moved = (day: string) => inTheFormOf(start, day.slice(0, 10) + start.slice(10));
  return {
    exceptions: recurrence.exceptions.map(moved).filter((day) => starts.has(day)),
    overrides: recurrence.overrides
      .map((override) => ({ ...override, recurrenceId: moved(override.recurrenceId) }))
      .filter(({ recurrenceId }) => starts.has(recurrenceId)),
  };
}

/** Nothing of a rule that makes nothing: the schema says so. */
function startsOf(series: EventInput, last: string) {
  try {
    return localStarts(series, (local) => local.slice(0, 10) <= last);
  } catch {
    return [];
  }
}

function venueOf(values: Values) {
  const { venueName: name, address, postcode, access } = values;
  if (!name && !address && !postcode) return undefined;
  const [latitude, longitude] = [number(values.latitude), number(values.longitude)];
  return { name, address, postcode: postcode.toUpperCase(), latitude, longitude, access };
}

const contactOf = ({ contactName, contactEmail, contactPhone }: Values) =>
  contactName || contactEmail || contactPhone
    ? { name: contactName, email: contactEmail || undefined, phone: contactPhone || undefined }
    : undefined;

/** What is not a number is refused by the schema. */
const number = (typed: string) => (typed ? Number(typed.replace(/[,\s]/g, '')) : undefined);
