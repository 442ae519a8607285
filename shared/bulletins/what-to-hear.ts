import type { Subscriber } from '../subscriptions/subscription.ts';
import type { Bulletin, BulletinEntry } from './bulletin.ts';

/** Who was told of the entry at a place of the bulletin, by an earlier bulletin. */
export type Told = Map<number, Set<string>>;

/** The district that stands for one today. */
export type CurrentDistrict = (district: string) => string;

/**
 * The places in a bulletin that a subscriber should hear. News goes to those who want its kind; what became of an
 * event goes to those who were told of it, on the channel they were told on, and to those who follow the event.
 */
export const whatToHear = (
  subscriber: Subscriber,
  { district, occasion, entries }: Bulletin,
  told: Told,
  current: CurrentDistrict,
): number[] =>
  entries.flatMap((entry, place) =>
    occasion === 'survey'
      ? isAsked(subscriber, entry)
        ? [place]
        : []
      : tellerOf(entry, subscriber, current) === district &&
          (occasion === 'digest'
            ? wantsDigest(subscriber, entry)
            : (follows(subscriber, entry) && !isFirstNews(entry)) ||
              (concerns(subscriber, entry, told.get(place)) && isInTime(subscriber, entry)))
        ? [place]
        : [],
  );

/** Who follows an event that none of their districts has hears of it from its first district. */
export const isFirstDistrict = (district: string, { districts }: Pick<BulletinEntry, 'districts'>) =>
  districts.toSorted()[0] === district;

/** Of the districts that an event shares with a subscriber just one tells: nobody hears twice. */
function tellerOf(
  entry: BulletinEntry,
  subscriber: Subscriber,
  current: CurrentDistrict,
): string | undefined {
  const shared = entry.districts.filter((each) => subscriber.districts.includes(current(each))).sort();
  return shared[0] ?? (follows(subscriber, entry) ? entry.districts.toSorted()[0] : undefined);
}

/** Who follows an event knows that there is one. */
export const isFirstNews = ({ what, before }: BulletinEntry) => what === 'published' && !before;

const follows = (subscriber: Subscriber, { eventId, continues = [] }: BulletinEntry) =>
  [eventId, ...continues].some((id) => subscriber.follows.includes(id));

function concerns(subscriber: Subscriber, entry: BulletinEntry, told: Set<string> | undefined): boolean {
  if (entry.what === 'published') return subscriber.frequency !== 'weekly' && wantsKind(subscriber, entry);
  if (entry.what === 'reminder') return subscriber.reminders && wantsKind(subscriber, entry);
  return told?.has(subscriber.id) ?? false;
}

/** By e-mail only: a text costs money and cannot wait, a survey can. */
const isAsked = (subscriber: Subscriber, entry: BulletinEntry) =>
  subscriber.channel === 'email' && follows(subscriber, entry);

const wantsDigest = (subscriber: Subscriber, entry: BulletinEntry) =>
  subscriber.frequency === 'weekly' && wantsKind(subscriber, entry);

const wantsKind = ({ kinds }: Subscriber, { kind }: BulletinEntry) =>
  kinds.length === 0 || kinds.some((each) => each === kind);

/** By text, unless they asked for more, only what starts within 24 hours. */
const isInTime = ({ frequency }: Subscriber, { isUrgent }: BulletinEntry) =>
  frequency !== 'urgent' || isUrgent;
