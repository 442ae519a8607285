import type { Bulletin, FanOutMessage, SettleMessage } from '../../shared/bulletins/bulletin.ts';
import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { OccasionStore } from '../../shared/bulletins/occasion-store.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { Queue } from '../../shared/runtime/queue.ts';
import { comingWeek, tomorrow } from './occasion-entries.ts';
import { occasionsDue } from './occasions-due.ts';

export type HoldDeps = {
  events: Pick<EventStore, 'list'>;
  bulletins: Pick<BulletinStore, 'begin' | 'noteCauses' | 'markPublished'>;
  occasions: OccasionStore;
  settle: Pick<Queue, 'send'>;
  fanOut: Pick<Queue, 'send'>;
  timeZone: string;
  now: () => Date;
};

/** More would not fit one message on the topic. */
const MOST_EVENTS = 250;

/**
 * Makes the bulletins of reminders and digests that are due, once: each is named for its district and day, so that
 * a tick that died half-way is finished by the next.
 */
export async function holdOccasions(deps: HoldDeps): Promise<void> {
  const { occasions, events, now, timeZone } = deps;
  for (const due of occasionsDue(now(), timeZone)) {
    const { occasion, date } = due;
    if (((await occasions.lastHeld(occasion)) ?? '') >= date) continue;
    const entriesOf = occasion === 'reminder' ? tomorrow : comingWeek;
    for (const [district, entries] of await entriesOf(due, events))
      for (let from = 0; from < entries.length; from += MOST_EVENTS)
        await begin(
          {
            id: [occasion, district, date, ...(from ? [from] : [])].join('-'),
            district,
            at: now().toISOString(),
            occasion,
            entries: entries.slice(from, from + MOST_EVENTS),
          },
          deps,
        );
    await occasions.markHeld(occasion, date);
  }
}

/** Reminders go out through the district's topic; of a digest machines have heard everything before. */
async function begin(bulletin: Bulletin, { bulletins, settle, fanOut, now }: HoldDeps) {
  await bulletins.begin(bulletin);
  if (bulletin.occasion === 'reminder')
    return settle.send([{ body: { bulletin: bulletin.id } satisfies SettleMessage }]);
  await bulletins.noteCauses(bulletin);
  await bulletins.markPublished(bulletin.id, now());
  await fanOut.send([{ body: { version: 1, bulletin: bulletin.id } satisfies FanOutMessage }]);
}
