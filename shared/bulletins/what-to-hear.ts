import type { Subscriber } from '../subscriptions/subscription.ts';
import type { Bulletin, BulletinEntry } from './bulletin.ts';

/** Who was told of the entry at a place of the bulletin, by an earlier bulletin. */
export type Told = Map<number, Set<string>>;

/**
 * The places in a bulletin that a subscriber should hear. News goes to those who want its kind; what became of an
 * event goes to those who were told of it, on the channel they were told on.
 */
export const whatToHear = (subscriber: Subscriber, { district, entries }: Bulletin, told: Told): number[] =>
  entries.flatMap((entry, place) =>
    isTeller(district, entry, subscriber) &&
    (entry.what === 'published' ? wantsNews(subscriber, entry) : told.get(place)?.has(subscriber.id)) &&
    isInTime(subscriber, entry)
      ? [place]
      : [],
  );

/** Of the districts that an event shares with a subscriber just one tells: nobody hears twice. */
const isTeller = (district: string, entry: BulletinEntry, { districts }: Subscriber) =>
  entry.districts.filter((each) => districts.includes(each)).sort()[0] === district;

const wantsNews = ({ kinds, frequency }: Subscriber, { kind }: BulletinEntry) =>
  frequency !== 'weekly' && (kinds.length === 0 || kinds.some((each) => each === kind));

/** By text, unless they asked for more, only what starts within 24 hours. */
const isInTime = ({ frequency }: Subscriber, { isUrgent }: BulletinEntry) =>
  frequency !== 'urgent' || isUrgent;
