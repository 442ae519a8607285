import { cleanLine, cleanText } from '../calendars/content-lines.ts';
import type { Component } from '../calendars/parse-calendar.ts';
import { kinds } from '../events/event-terms.ts';
import type { Force } from '../force/force.ts';
import { english } from '../words/english.ts';

export const first = ({ properties }: Component, name: string) => properties.get(name)?.[0];

/** RFC 5545 §3.3.11 */
const unescaped = (value: string) =>
  value.replace(/\\([\\;,nN])/g, (_, letter: string) => (/n/i.test(letter) ? '\n' : letter));

/** A TEXT value on one line; nothing where it is empty. */
export const lineOf = (component: Component, name: string) =>
  cleanLine(unescaped(first(component, name)?.value ?? ''))
    .replace(/\s+/g, ' ')
    .trim() || undefined;

/** The description, and the page that says more where it does not name it. */
export function descriptionIn(component: Component): string {
  const words = cleanText(unescaped(first(component, 'DESCRIPTION')?.value ?? '')).trim();
  const page = first(component, 'URL')?.value.trim() ?? '';
  return page && !words.includes(page) ? `${words}\n\n${page}`.trim() : words;
}

/** Where it is: a place, or the address of a meeting. */
export function placeIn(component: Component) {
  const where = lineOf(component, 'LOCATION');
  const onlineUrl = [first(component, 'CONFERENCE')?.value, where].find(
    (value) => value && /^https?:/i.test(value) && URL.canParse(value),
  );
  if (!where || where === onlineUrl) return { onlineUrl };
  const [name = '', ...rest] = where.split(/\s*,\s*/);
  const [, latitude, longitude] = /^(-?[\d.]+);(-?[\d.]+)$/.exec(first(component, 'GEO')?.value ?? '') ?? [];
  const venue = {
    name,
    address: rest.join(', '),
    ...(latitude && { latitude: Number(latitude), longitude: Number(longitude) }),
  };
  return { onlineUrl, venue };
}

/** What its categories, its organizer and its REFID say in the force's own words. */
export function namedIn(component: Component, force: Force) {
  const categories = (component.properties.get('CATEGORIES') ?? []).flatMap(({ value }) =>
    value.split(/(?<!\\),/).map((each) => unescaped(each).trim()),
  );
  const words = categories.map(plain);
  const isNamed = ({ id, name }: { id: string; name: string }) =>
    words.includes(id) || words.includes(plain(name));
  const organizer = plain(first(component, 'ORGANIZER')?.params.get('CN') ?? '');
  const refers = first(component, 'REFID')?.value;
  return {
    kind: kinds.find((id) => isNamed({ id, name: english.kinds[id] })),
    districts: force.districts.filter(isNamed).map(({ id }) => id),
    team: force.teams.find((team) => isNamed(team) || plain(team.name) === organizer)?.id,
    campaign: force.campaigns.find((campaign) => isNamed(campaign) || campaign.id === refers)?.id,
  };
}

const plain = (name: string) => name.trim().toLowerCase();
