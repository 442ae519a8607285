import type { SubscriberStore } from '../subscriptions/subscriber-store.ts';
import type { Subscriber } from '../subscriptions/subscription.ts';
import { type Bulletin, isOfChange, isStanding } from './bulletin.ts';
import type { BulletinStore } from './bulletin-store.ts';
import type { NoticeStore } from './notice-store.ts';
import type { Cause } from './told-of-events.ts';
import { type CurrentDistrict, isFirstDistrict, isFirstNews, type Told, whatToHear } from './what-to-hear.ts';

/** What a subscriber is to hear of a bulletin: places in its entries. */
export type Hearing = { subscriber: Subscriber; entries: number[] };

/** By place, for each entry about what became of an event: the bulletins that told of it before. */
export async function earlierCauses(
  bulletin: Bulletin,
  bulletins: Pick<BulletinStore, 'causesOf'>,
): Promise<Map<number, Cause[]>> {
  const causes = new Map<number, Cause[]>();
  for (const [place, { eventId, continues = [], what }] of bulletin.entries.entries()) {
    if (!isOfChange(what)) continue;
    const all = await Promise.all([eventId, ...continues].map((id) => bulletins.causesOf(id)));
    causes.set(
      place,
      all.flat().filter((cause) => cause.bulletin !== bulletin.id),
    );
  }
  return causes;
}

/** Of these subscribers those who are to hear something, and what. */
export async function hearingOf(
  bulletin: Bulletin,
  subscribers: Subscriber[],
  causes: Map<number, Cause[]>,
  notices: Pick<NoticeStore, 'told'>,
  current: CurrentDistrict,
): Promise<Hearing[]> {
  if (isStanding(bulletin.occasion)) return subscribers.map((subscriber) => ({ subscriber, entries: [] }));
  const ids = subscribers.map(({ id }) => id);
  const told: Told = new Map();
  for (const [place, earlier] of causes) {
    const heard = new Set<string>();
    // One after the other: after the first, which told most, few are left to ask about.
    for (const cause of earlier) {
      const others = ids.filter((id) => !heard.has(id));
      if (!others.length) break;
      for (const id of await notices.told(cause.bulletin, cause.place, others)) heard.add(id);
    }
    told.set(place, heard);
  }
  return subscribers
    .map((subscriber) => ({ subscriber, entries: whatToHear(subscriber, bulletin, told, current) }))
    .filter(({ entries }) => entries.length);
}

/** Of an event in several districts the first tells its followers; of one that is new nobody can be one. */
export function mayHaveFollowersElsewhere({ district, entries }: Bulletin, place: number): boolean {
  const entry = entries[place];
  return entry !== undefined && isFirstDistrict(district, entry) && !isFirstNews(entry);
}

/**
 * A page of those who follow the event at a place of the bulletin and hear of it from nowhere else: first of its own
 * followers, then of those of the events it was part of.
 */
export async function followersElsewhere(
  { district, occasion, entries }: Bulletin,
  place: number,
  { after, limit }: { after?: string; limit: number },
  subscribers: Pick<SubscriberStore, 'followersOf'>,
  current: CurrentDistrict,
): Promise<{ items: Subscriber[]; after?: string }> {
  const entry = entries[place];
  if (!entry || !isFirstDistrict(district, entry)) return { items: [] };
  const ids = [entry.eventId, ...(entry.continues ?? [])];
  const [, nth = '0', from] = /^(\d+) (.*)$/.exec(after ?? '') ?? [undefined, '0', after];
  const page = await subscribers.followersOf(ids[Number(nth)] as string, { after: from || undefined, limit });
  const next = page.after === undefined ? Number(nth) + 1 : Number(nth);
  return {
    // A survey is for followers alone, so no shard is looked through for those of the district.
    items: page.items.filter(
      ({ districts }) => occasion === 'survey' || !districts.includes(current(district)),
    ),
    after: next < ids.length ? `${next} ${page.after ?? ''}` : undefined,
  };
}
