import type { Force } from '../force/force.ts';
import { english } from '../words/english.ts';
import { when, whenBriefly } from '../words/when.ts';
import { type EmailEntry, renderEmail } from './email.ts';
import { canStop, endOf, type HolderLinks } from './end-of-email.ts';
import {
  countOf,
  districtName,
  inOrder,
  isOff,
  labelOf,
  type NoticeEntry,
  said,
  singleTimes,
  titleOf,
  told,
} from './notice-entry.ts';
import { whatChanged } from './what-changed.ts';

export type NoticeEmail = {
  force: Force;
  origin: string;
  district: string;
  entries: NoticeEntry[];
  links: HolderLinks;
  why?: Why;
};

/** Why it comes: the district was asked for, or its events are followed, or a text could not go, now or ever. */
export type Why = 'asked' | 'followed' | 'no-text' | 'phone-is-over';

/** One bulletin as an e-mail: every event of it, what cannot wait first. */
export function noticeEmail({ force, origin, district, entries, links, why = 'asked' }: NoticeEmail) {
  const place = districtName(force, district);
  const subject = subjectOf(entries, place);
  return renderEmail({
    subject,
    heading: entries.length === 1 ? countOf(entries, place) : subject,
    groups: groupsOf(entries, origin),
    more: [
      { text: `All police events in ${place}`, href: `${origin}/${district}` },
      { text: `${place} calendar for your phone`, href: `${origin}/calendars/${district}.ics` },
    ],
    ...endOf(force, whyWords(why, { place, origin, entries }), links),
  });
}

function whyWords(
  why: Why,
  { place, origin, entries }: { place: string; origin: string; entries: NoticeEntry[] },
) {
  if (why === 'no-text') return 'We could not text you this, so we sent an email. You asked us to.';
  if (why === 'phone-is-over')
    return `We could not text you this, so we sent an email. Your phone does not take our texts, so we have stopped them. To get emails, go to ${origin}/subscribe`;
  if (why === 'followed')
    return `You follow ${entries.length === 1 ? 'this event' : 'these events'}. ${canStop}`;
  return `You asked to hear about police events in ${place}. ${canStop}`;
}

export function subjectOf(entries: NoticeEntry[], place: string): string {
  const [only, ...others] = entries;
  if (!only || others.length) return countOf(entries, place);
  const times = singleTimes(only);
  if (!times) return `${labelOf(only)}: ${titleOf(only)}, ${whenBriefly(told(only))}`;
  const [one] = times.length === 1 ? times : [];
  const time = one?.was ?? one?.now;
  if (!one || !time) return `Changed: ${titleOf(only)}`;
  return `${one.now ? 'Changed' : 'Cancelled'}: ${titleOf(only)}, ${whenBriefly(time)}`;
}

/** The events of a notice, grouped; one group has no heading. */
export function groupsOf(entries: NoticeEntry[], origin: string) {
  const sorted = inOrder(entries);
  const groups = [
    { heading: 'Cancelled or changed', of: (entry: NoticeEntry) => isOff(entry) || said(entry) === 'moved' },
    {
      heading: 'Coming up',
      of: (entry: NoticeEntry) => said(entry) === 'reminder' || said(entry) === 'upcoming',
    },
    { heading: 'New events', of: (entry: NoticeEntry) => said(entry) === 'published' },
  ]
    .map(({ heading, of }) => ({ heading, entries: sorted.filter(of).map((entry) => view(entry, origin)) }))
    .filter((group) => group.entries.length);
  return groups.length > 1 ? groups : groups.map((group) => ({ entries: group.entries }));
}

function view(entry: NoticeEntry, origin: string): EmailEntry {
  const { event } = entry;
  const isNews = ['published', 'reminder', 'upcoming'].includes(said(entry));
  return {
    title: titleOf(entry),
    changed: whatChanged(entry),
    isOff: isOff(entry),
    facts: factsOf(entry),
    summary: isNews ? event.summary : undefined,
    links: linksOf(entry, origin),
  };
}

function factsOf(entry: NoticeEntry) {
  const { event } = entry;
  const { venue, ...moment } = told(entry);
  const place = venue && [venue.name, venue.address, venue.postcode].filter(Boolean).join(', ');
  const fact = (name: string, value: string | undefined) => (value ? [{ name, value }] : []);
  if (isOff(entry)) return [...fact('It was planned for', when(moment)), ...fact('At', place)];
  return [
    ...fact(said(entry) === 'moved' ? 'Now' : 'When', when(moment)),
    ...fact('Where', place ?? (event.onlineUrl || event.kind === 'online' ? english.online : undefined)),
    ...fact('Access', venue && inOneLine(venue.access.map((each) => english.access[each]))),
    ...fact('With', event.partners.join(', ')),
  ];
}

/** `Step-free access, hearing loop`; what has a name of its own keeps its capitals. */
const inOneLine = ([first, ...others]: string[]) =>
  [first, ...others.map((words) => (/^\S+ [A-Z]/.test(words) ? words : words.toLowerCase()))]
    .filter(Boolean)
    .join(', ');

function linksOf(entry: NoticeEntry, origin: string) {
  const { event } = entry;
  // A withdrawn event has no page any more.
  if (entry.what === 'withdrawn') return [];
  const page = { text: 'See this event', href: `${origin}/events/${event.id}` };
  if (isOff(entry)) return [page];
  return [
    page,
    ...(event.bookingUrl ? [{ text: 'Book a place', href: event.bookingUrl }] : []),
    { text: 'Add to your calendar', href: `${origin}/calendars/events/${event.id}.ics` },
  ];
}
