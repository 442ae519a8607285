import type { Event } from '../../../shared/events/event.ts';
import type { EventInput } from '../../../shared/events/event-input.ts';
import { repetitionOf } from '../../../shared/events/repetition.ts';
import type { Force } from '../../../shared/force/force.ts';
import { lastDay } from '../../../shared/words/when.ts';
import type { Form } from '../form.ts';

/** The fields of the form, by whether they hold one value or several. */
const single = [
  'title',
  'kind',
  'audience',
  'schoolAgreed',
  'date',
  'from',
  'until',
  'lastDay',
  'allDay',
  'repeat',
  'endsOn',
  'endsAfter',
  'team',
  'campaign',
  'venueName',
  'address',
  'postcode',
  'latitude',
  'longitude',
  'onlineUrl',
  'summary',
  'description',
  'partners',
  'bookingUrl',
  'capacity',
  'contactName',
  'contactEmail',
  'contactPhone',
  'surveyUrl',
  'externalId',
] as const;
const several = ['on', 'districts', 'access'] as const;

export type Single = (typeof single)[number];
export type Several = (typeof several)[number];
/** What stands in the form, as it was typed. */
export type Values = Record<Single, string> & Record<Several, string[]>;

export const noValues = (given: Partial<Values> = {}): Values => ({
  ...(Object.fromEntries(single.map((name) => [name, ''])) as Record<Single, string>),
  ...(Object.fromEntries(several.map((name) => [name, [] as string[]])) as Record<Several, string[]>),
  ...given,
});

export const typedIn = (form: Form): Values => ({
  ...(Object.fromEntries(single.map((name) => [name, form.get(name) ?? ''])) as Record<Single, string>),
  ...(Object.fromEntries(several.map((name) => [name, form.all(name)])) as Record<Several, string[]>),
});

/** Every value as the fields of a form that carries them on. */
export const fieldsOf = (values: Values): [string, string][] =>
  Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );

/** An event as it stands in the form. */
export function valuesOf(event: Event | EventInput, force: Pick<Force, 'team'>): Values {
  const { venue, contact, start, end, allDay } = event;
  // Who says nothing gets the team, also when the team is another later.
  const isTeam = contact.name === force.team.get(event.team)?.name && !contact.email && !contact.phone;
  const last = allDay ? lastDay(end) : end.slice(0, 10);
  return noValues({
    ...repetitionValues(event),
    title: event.title,
    kind: event.kind,
    audience: event.audience,
    schoolAgreed: event.kind === 'school-visit' && event.audience === 'public' ? 'yes' : '',
    date: start.slice(0, 10),
    from: start.slice(11),
    until: end.slice(11),
    lastDay: last === start.slice(0, 10) ? '' : last,
    allDay: allDay ? 'yes' : '',
    districts: event.districts,
    team: event.team,
    campaign: event.campaign ?? '',
    ...venueValues(venue),
    onlineUrl: event.onlineUrl ?? '',
    summary: event.summary,
    description: event.description,
    partners: event.partners.join('\n'),
    bookingUrl: event.bookingUrl ?? '',
    capacity: event.capacity?.toString() ?? '',
    contactName: isTeam ? '' : contact.name,
    contactEmail: contact.email ?? '',
    contactPhone: contact.phone ?? '',
    surveyUrl: event.surveyUrl ?? '',
    externalId: event.externalId ?? '',
  });
}

export const venueValues = (venue: Event['venue']) => ({
  venueName: venue?.name ?? '',
  address: venue?.address ?? '',
  postcode: venue?.postcode ?? '',
  latitude: venue?.latitude?.toString() ?? '',
  longitude: venue?.longitude?.toString() ?? '',
  access: venue?.access ?? [],
});

/** A rule the form cannot say stays as it is. */
function repetitionValues({ recurrence, start, timeZone }: Event | EventInput): Partial<Values> {
  if (!recurrence) return {};
  const repetition = repetitionOf(recurrence.rrule, { start, timeZone });
  if (!repetition) return { repeat: 'as-it-is' };
  const { repeat, on, ends } = repetition;
  return {
    repeat,
    on: on.map(String),
    endsOn: ends && 'on' in ends ? ends.on : '',
    endsAfter: ends && 'after' in ends ? String(ends.after) : '',
  };
}
