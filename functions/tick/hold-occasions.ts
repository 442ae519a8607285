import type {
  Bulletin,
  BulletinEntry,
  FanOutMessage,
  SettleMessage,
} from '../../shared/bulletins/bulletin.ts';
import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { OccasionStore } from '../../shared/bulletins/occasion-store.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import { addDays } from '../../shared/events/zone-time.ts';
import type { Force } from '../../shared/force/force.ts';
import { hasEnded } from '../../shared/force/succession.ts';
import type { Queue } from '../../shared/runtime/queue.ts';
import { comingWeek, overYesterday, tomorrow } from './occasion-entries.ts';
import { nextOccasion, type OccasionDue, occasionsDue } from './occasions-due.ts';

export type HoldDeps = {
  events: Pick<EventStore, 'list'>;
  bulletins: Pick<BulletinStore, 'begin' | 'noteCauses' | 'markPublished'>;
  occasions: OccasionStore;
  settle: Pick<Queue, 'send'>;
  fanOut: Pick<Queue, 'send'>;
  force: Pick<Force, 'districts' | 'timeZone'>;
  now: () => Date;
};

/** More would not fit one message on the topic. */
const MOST_EVENTS = 250;
/** Days on which an ended district is looked through for subscribers. */
const SUCCEEDS_FOR = 14;

/**
 * Makes the bulletins of reminders and digests that are due, once: each is named for its district and day, so that
 * a tick that died half-way is finished by the next.
 * @returns when there may be something to do next
 */
export async function holdOccasions(deps: HoldDeps): Promise<Date> {
  const { occasions, now, force } = deps;
  let hasBegun = false;
  for (const due of occasionsDue(now(), force.timeZone)) {
    const { occasion, date } = due;
    if (await occasions.isHeld(occasion, date)) continue;
    for (const [district, entries] of await contents(due, deps))
      for (let from = 0; from === 0 || from < entries.length; from += MOST_EVENTS) {
        hasBegun = true;
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
      }
    await occasions.markHeld(occasion, date);
  }
  return hasBegun ? now() : nextOccasion(now(), force.timeZone);
}

/** What each district is told, of those that are told anything. */
async function contents(
  due: OccasionDue,
  { events, force }: HoldDeps,
): Promise<Map<string, BulletinEntry[]>> {
  if (due.occasion === 'reminder') return tomorrow(due, events);
  if (due.occasion === 'digest') return comingWeek(due, events);
  if (due.occasion === 'survey') return overYesterday(due, events);
  // Who was still to confirm on the last day comes after it.
  const lately = addDays(due.date, -SUCCEEDS_FOR);
  return new Map(
    force.districts
      .filter(({ to = '', successor }) => successor && hasEnded({ to }, due.date) && to >= lately)
      .map(({ id }) => [id, []]),
  );
}

/** Reminders go out through the district's topic; of a digest machines have heard all, a survey is not for them. */
async function begin(bulletin: Bulletin, { bulletins, settle, fanOut, now }: HoldDeps) {
  await bulletins.begin(bulletin);
  if (bulletin.occasion === 'reminder')
    return settle.send([{ body: { bulletin: bulletin.id } satisfies SettleMessage }]);
  await bulletins.noteCauses(bulletin);
  await bulletins.markPublished(bulletin.id, now());
  await fanOut.send([{ body: { version: 1, bulletin: bulletin.id } satisfies FanOutMessage }]);
}
