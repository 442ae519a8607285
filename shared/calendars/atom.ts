import type { Event } from '../events/event.ts';
import { english } from '../words/english.ts';
import { when } from '../words/when.ts';
import type { Frame } from './calendar-frame.ts';
import { type Calendar, pathOf, uidOf } from './calendar-groups.ts';
import { cleanText } from './content-lines.ts';
import { placeOf, titleOf } from './describe-event.ts';
import type { Setting } from './render-event.ts';

/** One entry of an Atom feed (RFC 4287). */
export const atomEntry = (event: Event, { force, origin }: Setting): string =>
  [
    '<entry>',
    `<id>${xml(atomId(event.id, force.id))}</id>`,
    `<title>${xml(titleOf(event))}</title>`,
    `<updated>${event.updatedAt}</updated>`,
    event.publishedAt ? `<published>${event.publishedAt}</published>` : '',
    `<link rel="alternate" type="text/html" href="${xml(`${origin}/events/${event.id}`)}"/>`,
    `<link rel="related" type="text/calendar" href="${xml(`${origin}/${pathOf(`events/${event.id}`, 'ics')}`)}"/>`,
    `<category term="${event.kind}" label="${xml(english.kinds[event.kind])}"/>`,
    `<summary>${xml([when(event), placeOf(event), event.summary].filter(Boolean).join('. '))}</summary>`,
    '</entry>\n',
  ].join('');

/** What stands before the first and after the last entry of a feed. */
export function atomFrame(
  { group, name, description, page }: Pick<Calendar, 'group' | 'name' | 'description' | 'page'>,
  { force, origin }: Setting,
  changedAt = '1970-01-01T00:00:00.000Z',
  state?: number,
): Frame {
  const before = [
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${xml(atomId(`calendar-${group.replaceAll('/', '-')}`, force.id))}</id>`,
    `<title>${xml(name)}</title><subtitle>${xml(description)}</subtitle>`,
    `<updated>${changedAt}</updated>`,
    ...(state === undefined ? [] : [`<generator version="${state}">Streetmeet</generator>`]),
    `<author><name>${xml(force.name)}</name><uri>${xml(force.website)}</uri></author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(`${origin}/${pathOf(group, 'atom')}`)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(`${origin}${page}`)}"/>\n`,
  ];
  return { before: before.join(''), after: '</feed>\n' };
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Words in XML 1.0, which has no U+FFFE and U+FFFF. */
const xml = (words: string) =>
  cleanText(words)
    .replace(/[\uFFFE\uFFFF]/g, '')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

const atomId = (id: string, force: string) => `urn:streetmeet:${uidOf(id, { id: force })}`;
