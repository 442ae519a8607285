import type { Force } from '../force/force.ts';
import { type Clash, clashesOf, mayMeet } from './clashes.ts';
import type { Event } from './event.ts';
import type { EventStore } from './event-store.ts';
import { endsForGood, instants } from './recurrence.ts';

/** Warnings a year ahead would be noise, and cost a read of the whole year. */
const AHEAD = 26 * 7 * 86_400_000;
const MOST_OTHERS = 100;

export type FindClashesDeps = { events: Pick<EventStore, 'list'>; force: Force; now: () => Date };

/**
 * What an event, kept or not yet, would clash with in the half year after its next time: one pass over the list of
 * the force between its first and its last time.
 * @param isVisible what the officer may see: others are not spoken of
 */
export async function findClashes(
  event: Event,
  isVisible: (other: Event) => boolean,
  { events, force, now }: FindClashesDeps,
): Promise<Clash[]> {
  const from = new Date(Math.max(now().getTime(), instants(event).startsAt.getTime()));
  const ends = endsForGood(event)?.getTime() ?? Number.POSITIVE_INFINITY;
  const to = new Date(Math.min(ends, from.getTime() + AHEAD));
  if (to <= from) return [];
  const mayClash = (other: Event) => isVisible(other) && mayMeet(event, other);
  const { items } = await events.list({ from, startsBefore: to, limit: MOST_OTHERS, isVisible: mayClash });
  return clashesOf(event, items, {
    from,
    to,
    teamName: (team) => force.team.get(team)?.name ?? team,
    districtName: (district) => force.district.get(district)?.name ?? district,
    bankHolidays: force.bankHolidays,
  });
}
