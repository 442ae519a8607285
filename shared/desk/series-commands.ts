import type * as z from 'zod';
import { changesBetween } from '../bulletins/change.ts';
import { edit } from '../events/edit-event.ts';
import type { Event } from '../events/event.ts';
import type { override } from '../events/event-input.ts';
import type { EventStore } from '../events/event-store.ts';
import type { Force } from '../force/force.ts';
import type { Officer } from '../identity/officer.ts';
import { type Changed, type Said, seriesPlans } from './series-plans.ts';

export type SeriesDeps = {
  events: Pick<EventStore, 'save' | 'saveBoth'>;
  force: Force;
  now: () => Date;
  newId: () => string;
};
export type SeriesCommands = ReturnType<typeof seriesCommands>;

/**
 * What an officer may do to a series: one time of it, that one and those that follow, or all. Each saves in one
 * transaction; residents hear of what really differs for them.
 * @throws Invalid where what it would be is no event, Forbidden, Conflict, Stale
 */
export function seriesCommands(deps: SeriesDeps) {
  const { events, now, newId } = deps;
  const plans = seriesPlans(deps);
  const meant = (by: Officer, action: 'edit' | 'create') => ({ by, action, now: now(), newId });

  async function keep(officer: Officer, event: Event, next: Event): Promise<Event> {
    await events.save(edit(event, next, meant(officer, 'edit')));
    return next;
  }

  return {
    changeOne: async (officer: Officer, event: Event, given: z.output<typeof override>) =>
      keep(officer, event, plans.one(officer, event, given)),

    changeAll: async (officer: Officer, event: Event, changed: Changed) =>
      keep(officer, event, plans.all(officer, event, changed)),

    /**
     * Residents are told what is different from then on, under the event that follows; of the end of the first they
     * hear nothing.
     */
    changeFollowing: async (officer: Officer, event: Event, from: string, changed: Changed, said?: Said) => {
      const { first, known, following } = plans.following(officer, event, from, changed, said);
      const changes = changesBetween(known, following, { now: now(), newId, isSplit: true });
      await events.saveBoth(
        { ...edit(event, first, meant(officer, 'edit')), changes: [] },
        { ...edit(undefined, following, meant(officer, 'create')), changes },
      );
      return { first, following };
    },
  };
}
