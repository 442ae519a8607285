import type { Subscriber } from '../subscriptions/subscription.ts';
import type { Bulletin } from './bulletin.ts';
import type { BulletinStore, Cause } from './bulletin-store.ts';
import type { NoticeStore } from './notice-store.ts';
import { type Told, whatToHear } from './what-to-hear.ts';

/** What a subscriber is to hear of a bulletin: places in its entries. */
export type Hearing = { subscriber: Subscriber; entries: number[] };

/** By place, for each entry that is not news: the bulletins that told of its event before. */
export async function earlierCauses(
  bulletin: Bulletin,
  bulletins: Pick<BulletinStore, 'causesOf'>,
): Promise<Map<number, Cause[]>> {
  const causes = new Map<number, Cause[]>();
  for (const [place, { eventId, what }] of bulletin.entries.entries()) {
    if (what === 'published') continue;
    const all = await bulletins.causesOf(eventId);
    causes.set(
      place,
      all.filter((cause) => cause.bulletin !== bulletin.id),
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
): Promise<Hearing[]> {
  const ids = subscribers.map(({ id }) => id);
  const told: Told = new Map();
  for (const [place, earlier] of causes) {
    const heard = await Promise.all(earlier.map((cause) => notices.told(cause.bulletin, cause.place, ids)));
    told.set(place, new Set(heard.flatMap((each) => [...each])));
  }
  return subscribers
    .map((subscriber) => ({ subscriber, entries: whatToHear(subscriber, bulletin, told) }))
    .filter(({ entries }) => entries.length);
}
