import type { BulletinEntry, Saying } from '../../shared/bulletins/bulletin.ts';
import { isAskedAbout, isOn } from '../../shared/bulletins/told-now.ts';
import type { Event } from '../../shared/events/event.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import { endsForGood, occurrences } from '../../shared/events/recurrence.ts';
import { addDays, toInstant } from '../../shared/events/zone-time.ts';
import type { OccasionDue } from './occasions-due.ts';

type Events = Pick<EventStore, 'list'>;
type ByDistrict = Map<string, BulletinEntry[]>;

const PAGE = 100;

/** By district, what starts on the day after an occasion, of what was published by then. */
export function tomorrow({ date, at, timeZone }: OccasionDue, events: Events): Promise<ByDistrict> {
  const from = midnight(addDays(date, 1), timeZone);
  const to = midnight(addDays(date, 2), timeZone);
  return collect(events, { from, startsBefore: to }, (event) => {
    const first = wasPublished(event, at) && firstStart(event, from, to);
    return first ? entryOf(event, 'reminder', first) : undefined;
  });
}

/**
 * By district, what starts in the seven days from the day after an occasion, and what lies further ahead and was
 * published since the occasion of the week before.
 */
export function comingWeek({ date, at, timeZone }: OccasionDue, events: Events): Promise<ByDistrict> {
  const from = midnight(addDays(date, 1), timeZone);
  const to = midnight(addDays(date, 8), timeZone);
  const lastWeek = toInstant(`${addDays(date, -7)}T17:00`, timeZone);
  return collect(events, { from }, (event) => {
    if (!wasPublished(event, at)) return undefined;
    const soon = firstStart(event, from, to);
    if (soon) return entryOf(event, 'upcoming', soon);
    const start = toInstant(event.start, timeZone);
    return start > at && !wasPublished(event, lastWeek) ? entryOf(event, 'published', start) : undefined;
  });
}

/**
 * What ended for good on the day before an occasion and has a survey, by the first of its districts: only those who
 * follow it are asked, and once.
 */
export async function overYesterday({ date, timeZone }: OccasionDue, events: Events): Promise<ByDistrict> {
  const [from, to] = [midnight(addDays(date, -1), timeZone), midnight(date, timeZone)];
  const found: ByDistrict = new Map();
  for await (const event of pages(events, { from, startsBefore: to, isVisible: isAskedAbout })) {
    const last = occurrences(event, from, to).findLast((each) => isAskedAbout(each.event));
    const endsAt = endsForGood(event);
    if (!last || !endsAt || endsAt > to) continue;
    const [first = ''] = event.districts.toSorted();
    found.set(first, [...(found.get(first) ?? []), entryOf(event, 'survey', last.startsAt)]);
  }
  return found;
}

async function* pages(events: Events, query: Omit<Parameters<Events['list']>[0], 'limit' | 'cursor'>) {
  let cursor: string | undefined;
  do {
    const page = await events.list({ ...query, limit: PAGE, cursor });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor);
}

async function collect(
  events: Events,
  { from, startsBefore }: { from: Date; startsBefore?: Date },
  entryFor: (event: Event) => BulletinEntry | undefined,
): Promise<ByDistrict> {
  const found: ByDistrict = new Map();
  // The list knows first starts only: what repeats may have begun long ago.
  const isVisible = (event: Event) =>
    isOn(event) && (event.recurrence !== undefined || toInstant(event.start, event.timeZone) >= from);
  for await (const event of pages(events, { startsBefore, isVisible })) {
    const entry = entryFor(event);
    if (!entry) continue;
    for (const district of event.districts) found.set(district, [...(found.get(district) ?? []), entry]);
  }
  return found;
}

/** The first time from one instant to before another that an event really takes place. */
const firstStart = (event: Event, from: Date, to: Date) =>
  occurrences(event, from, to).find((each) => each.startsAt >= from && isOn(each.event))?.startsAt;

const wasPublished = ({ publishedAt }: Event, by: Date) =>
  publishedAt !== undefined && Date.parse(publishedAt) <= by.getTime();

const entryOf = (event: Event, what: Saying, startsAt: Date): BulletinEntry => ({
  eventId: event.id,
  version: event.version,
  what,
  districts: event.districts,
  kind: event.kind,
  campaign: event.campaign,
  startsAt: startsAt.toISOString(),
  // A reminder is for whoever asked for it, also among those who want only urgent texts.
  isUrgent: what === 'reminder',
  isPressing: false,
});

const midnight = (date: string, timeZone: string) => toInstant(`${date}T00:00`, timeZone);
