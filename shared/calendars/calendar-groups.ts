import { type Event, idsOf, isPublic } from '../events/event.ts';
import { kinds } from '../events/event-terms.ts';
import type { Force } from '../force/force.ts';
import { english } from '../words/english.ts';

/** A calendar by its address: `all`, `southend`, `southend/drop-in`, `campaigns/npw-2027`, `events/<id>`. */
export type Group = string;

export const ALL: Group = 'all';

/** The one event's own calendar: unlike the others it is there only while the event is public. */
export const ownGroup = (eventId: string): Group => `events/${eventId}`;
export const ownerOf = (group: Group) => /^events\/([^/]+)$/.exec(group)?.[1];

/** The calendars an event is in: none while it is not public. */
export const groupsOf = (event: Event): Group[] => (isPublic(event) ? [...placesOf(event)] : []);

/** The calendars an event would be in if it were public. */
export const placesOf = ({ districts, kind, campaign, ...event }: Event): Set<Group> =>
  new Set([
    ALL,
    // A phone that subscribed to a series gets what follows after a split too.
    ...idsOf(event).map(ownGroup),
    ...districts.flatMap((district) => [district, `${district}/${kind}`]),
    ...(campaign ? [`campaigns/${campaign}`] : []),
  ]);

/** Every calendar that exists whether or not it has events. */
export const standingGroups = (force: Force): Group[] => [
  ALL,
  ...force.districts.flatMap(({ id }) => [id, ...kinds.map((kind) => `${id}/${kind}`)]),
  ...force.campaigns.map(({ id }) => `campaigns/${id}`),
];

export type Form = 'ics' | 'google' | 'json' | 'atom';

export type Calendar = {
  group: Group;
  name: string;
  description: string;
  /** The path of the page that shows the same. */
  page: string;
  forms: Form[];
  /** Whether only events from 30 days back to 18 months ahead are on it. */
  isWindowed: boolean;
};

/** What a calendar is called and published as; nothing where the force has no such calendar. */
export function calendarOf(group: Group, force: Force): Calendar | undefined {
  const { name } = force;
  const [first = '', second] = group.split('/');
  const windowed = { group, isWindowed: true };
  const say = (area: string, what = '') => ({
    name: `Police events in ${area}${what && `: ${what}`}`,
    description: `Events of ${name} in ${area}. Cancelled events stay, marked, for 30 days.`,
  });
  if (group === ALL)
    return { ...windowed, ...say(forceArea(name)), page: '/', forms: ['ics', 'google', 'json', 'atom'] };
  if (first === 'events' && second)
    return {
      group,
      isWindowed: false,
      name: `${name} event`,
      description: `One event of ${name}.`,
      page: `/events/${second}`,
      forms: ['ics'],
    };
  if (first === 'campaigns') {
    const campaign = force.campaign.get(second ?? '');
    if (!campaign) return undefined;
    const description = `${campaign.name}: events of ${name}.`;
    const page = `/campaigns/${campaign.id}`;
    return { ...windowed, name: campaign.name, description, page, forms: ['ics', 'json', 'atom'] };
  }
  const district = force.district.get(first);
  if (!district) return undefined;
  if (second === undefined)
    return {
      ...windowed,
      ...say(district.name),
      page: `/${first}`,
      forms: ['ics', 'google', 'json', 'atom'],
    };
  const kind = kinds.find((one) => one === second);
  if (!kind) return undefined;
  return {
    ...windowed,
    ...say(district.name, english.kinds[kind]),
    page: `/${first}?kind=${kind}`,
    forms: ['ics', 'json', 'atom'],
  };
}

/** Where a calendar stands, in the bucket and at the edge. */
export const pathOf = (group: Group, form: Form) =>
  form === 'google' ? `calendars/google/${group}.ics` : `calendars/${group}.${form}`;

/** The calendar that an object of the bucket, or its gzip twin, is a form of. */
export const groupAt = (key: string): Group =>
  key.replace(/^calendars\/(google\/)?/, '').replace(/\.(ics|json|atom)(\.gz)?$/, '');

/** For ever the same, so it comes from the force and never from the site's address (RFC 5545 §3.8.4.7). */
export const uidOf = (id: string, force: Pick<Force, 'id'>) => `${id}@${force.id}.streetmeet`;

const forceArea = (name: string) => name.replace(/ (Police|Constabulary)$/, '') || name;
