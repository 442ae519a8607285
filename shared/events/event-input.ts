import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import type { Force } from '../force/force.ts';
import { accessFacts, audiences, kinds, MAX_DAYS } from './event-terms.ts';

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `must be ${max} characters or fewer`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line without control characters');
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `must be ${max} characters or fewer`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'must not hold control characters');
const required = (max: number) => line(max).min(1, 'must not be empty');
const webAddress = z.url({ protocol: /^https?$/, error: 'must be a web address, https://…' }).max(2000);
export const localTime = z
  .string()
  .refine((value) => isLocal(value), 'must be a local time such as 2027-01-25T10:00');
export const localTimeOrDate = z
  .string()
  .refine(
    (value) => isTime(value),
    'must be a local time such as 2027-01-25T10:00, or for all-day events a date',
  )
  .meta({ description: 'Wall time such as 2027-01-25T10:00, or for all-day events a date' });

const venue = z.strictObject({
  name: required(200),
  address: line(300).default(''),
  postcode: line(10).default(''),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  access: z.array(z.enum(accessFacts)).default([]),
});

const contact = z.strictObject({
  name: required(100),
  email: z.email().max(254).optional(),
  phone: line(30).optional(),
});

export const override = z.strictObject({
  recurrenceId: localTimeOrDate,
  title: required(200).optional(),
  summary: line(500).optional(),
  description: text(5000).optional(),
  start: localTimeOrDate.optional(),
  end: localTimeOrDate.optional(),
  venue: venue.optional(),
  status: z.enum(['cancelled']).optional(),
  reason: line(500).optional(),
});

const recurrence = z.strictObject({
  /** RFC 5545 §3.3.10, without `RRULE:`. */
  rrule: z
    .string()
    .max(300)
    .regex(/^FREQ=[A-Z]+(;[A-Z]+=[A-Z0-9,+-]+)*$/, 'must be a rule such as FREQ=WEEKLY;COUNT=4'),
  exceptions: z.array(localTimeOrDate).max(500).default([]),
  overrides: z.array(override).max(100).default([]),
});

const members = {
  audience: z.enum(audiences).optional(),
  title: required(200),
  summary: line(500),
  description: text(5000),
  kind: z.enum(kinds),
  districts: z.array(z.string()).min(1, 'must name a district'),
  team: z.string(),
  campaign: z.string().optional(),
  start: localTimeOrDate,
  end: localTimeOrDate,
  timeZone: z.string().optional(),
  allDay: z.boolean(),
  recurrence: recurrence.optional(),
  venue: venue.optional(),
  onlineUrl: webAddress.optional(),
  bookingUrl: webAddress.optional(),
  capacity: z.int().min(1).max(1_000_000).optional(),
  partners: z.array(required(100)).max(50),
  contact: contact.optional(),
  surveyUrl: webAddress.optional(),
  externalId: required(100).optional(),
};

/** Members an officer may write. */
export const writable = z.strictObject({
  ...members,
  summary: members.summary.default(''),
  description: members.description.default(''),
  allDay: members.allDay.default(false),
  partners: members.partners.default([]),
});

/** Of one time of a series and those that follow, what may be different. */
export const mayDiffer = z.strictObject(members).omit({ externalId: true, timeZone: true }).partial();

/** What an officer may write of an event, checked against the force's data and with its defaults filled in. */
export const eventInput = (force: Force) =>
  writable
    .superRefine((event, context) => {
      const problem = (message: string, ...path: (string | number)[]) =>
        context.addIssue({ code: 'custom', message, path });
      for (const [place, id] of event.districts.entries()) {
        if (!force.district.has(id))
          problem(`"${id}" is not a district of ${force.name}`, 'districts', place);
        const { to, successor } = force.district.get(id) ?? {};
        if (to && event.start.slice(0, 10) > to)
          problem(
            `"${id}" ends on ${to}${successor ? `: from then on it is "${successor}"` : ''}`,
            'districts',
            place,
          );
        if (event.districts.indexOf(id) !== place) problem(`"${id}" is named twice`, 'districts', place);
      }
      if (!force.team.has(event.team)) problem(`"${event.team}" is not a team of ${force.name}`, 'team');
      if (event.campaign !== undefined && !force.campaign.has(event.campaign))
        problem(`"${event.campaign}" is not a campaign of ${force.name}`, 'campaign');
      if (event.timeZone !== undefined && event.timeZone !== force.timeZone)
        problem(`must be ${force.timeZone}`, 'timeZone');
      const form = event.allDay ? isDate : isLocal;
      const wanted = event.allDay ? 'must be a date, as the event is all day' : 'must have a time';
      for (const member of ['start', 'end'] as const)
        if (isTime(event[member]) && !form(event[member])) problem(wanted, member);
      if (!form(event.start) || !form(event.end)) return;
      if (event.end <= event.start)
        problem(
          event.allDay ? 'must be after the start: the end date is exclusive' : 'must be after the start',
          'end',
        );
      else if (daysBetween(event.start, event.end) > MAX_DAYS)
        problem(`must be within ${MAX_DAYS} days of the start`, 'end');
    })
    .transform((event) => ({
      ...event,
      /** No school visit is public unless an officer says so. */
      audience:
        event.audience ?? (event.kind === 'school-visit' ? ('partners' as const) : ('public' as const)),
      timeZone: force.timeZone,
      contact: event.contact ?? { name: force.team.get(event.team)?.name ?? force.name },
    }));

export type EventInput = z.infer<ReturnType<typeof eventInput>>;

export const writableMembers = Object.keys(writable.shape) as (keyof EventInput)[];

/** What an officer wrote of an event. */
export const writtenOf = (event: EventInput): EventInput =>
  Object.fromEntries(
    Object.entries(event).filter(([member]) => (writableMembers as string[]).includes(member)),
  ) as EventInput;

/** Members that may be sent with a whole event and are ignored. */
export const readOnlyMembers = [
  'id',
  'version',
  'sequence',
  'status',
  'reason',
  'attendance',
  'outcome',
  'createdAt',
  'updatedAt',
  'publishedAt',
  'continues',
  'continued',
  'url',
  'calendarUrl',
] as const;

const isTime = (value: string) => isLocal(value) || isDate(value);

function isLocal(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) && parses(() => Temporal.PlainDateTime.from(value));
}

function isDate(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && parses(() => Temporal.PlainDate.from(value));
}

function parses(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

const daysBetween = (from: string, to: string) =>
  Temporal.PlainDateTime.from(from).until(Temporal.PlainDateTime.from(to)).total({ unit: 'day' });
