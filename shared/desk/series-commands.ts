import * as z from 'zod';
import { changesBetween } from '../bulletins/change.ts';
import { cancelled, draftOf, edit, revised } from '../events/edit-event.ts';
import { editedSeries } from '../events/edited-series.ts';
import type { Event } from '../events/event.ts';
import { type EventInput, localTimeOrDate, mayDiffer, override, writtenOf } from '../events/event-input.ts';
import type { EventStore } from '../events/event-store.ts';
import { inTheFormOf } from '../events/recurrence.ts';
import { splitSeries } from '../events/split-series.ts';
import type { Force } from '../force/force.ts';
import { accept } from '../http/request.ts';
import type { Officer } from '../identity/officer.ts';
import { Forbidden, Invalid } from '../runtime/errors.ts';
import { checkedInput } from './checked-input.ts';
import { permit } from './event-sight.ts';
import { isPublication, needsSecondPerson } from './second-person.ts';

export type SeriesDeps = {
  events: Pick<EventStore, 'save' | 'saveBoth'>;
  force: Force;
  now: () => Date;
  newId: () => string;
};
export type SeriesCommands = ReturnType<typeof seriesCommands>;

/** One time of a series as it is to be: what is not said is as in the series. Nothing said makes it as the others. */
export const occurrenceGiven = override.superRefine(({ status, reason }, context) => {
  if (status === 'cancelled' && !reason)
    context.addIssue({ code: 'custom', message: 'must say why, in the public’s words', path: ['reason'] });
});

/** What is to be different; what is not said stays as it was. */
export type Changed = Partial<EventInput>;

/** From which time on a series is to be different, and in what; with a reason, it is called off from then on. */
export const splitGiven = mayDiffer.extend({
  from: localTimeOrDate.meta({ description: 'The local start that the rule gives the first of them' }),
  reason: z
    .string()
    .trim()
    .max(500)
    .optional()
    .meta({ description: 'Why they are called off, as the public reads it; without one they go on' }),
});

/**
 * What an officer may do to a series: one time of it, that one and those that follow, or all. Each saves in one
 * transaction; residents hear of what really differs for them.
 * @throws Invalid where what it would be is no event, Forbidden, Conflict, Stale
 */
export function seriesCommands({ events, force, now, newId }: SeriesDeps) {
  const input = checkedInput(force);
  const check = (said: EventInput) => accept(input, writtenOf(said));
  const meant = (by: Officer, action: 'edit' | 'create') => ({ by, action, now: now(), newId });

  /** Who edits a series does not show it to the public by the way. */
  function permitAlone(previous: Event, next: Event) {
    if (needsSecondPerson(force) && isPublication(previous, next))
      throw new Forbidden('Nobody may show it to the public alone: copy it, and have the copy approved');
  }

  /** This one: moved, renamed or called off; or as the others again. */
  async function changeOne(officer: Officer, event: Event, given: z.output<typeof override>): Promise<Event> {
    permit(officer, event.districts);
    const { recurrence } = event;
    if (!recurrence)
      throw new Invalid([{ pointer: '/recurrenceId', message: 'is of an event that does not repeat' }]);
    const isOther = (local: string) => inTheFormOf(event.start, local) !== given.recurrenceId;
    const isAsOthers = Object.values(given).filter((value) => value !== undefined).length === 1;
    const changed = check({
      ...event,
      recurrence: {
        ...recurrence,
        exceptions: recurrence.exceptions.filter(isOther),
        overrides: [
          ...recurrence.overrides.filter(({ recurrenceId }) => isOther(recurrenceId)),
          ...(isAsOthers ? [] : [given]),
        ],
      },
    });
    const next = revised(event, changed, now());
    await events.save(edit(event, next, meant(officer, 'edit')));
    return next;
  }

  /** All of it. What is left out and changed on single days goes with a new start. */
  async function changeAll(officer: Officer, event: Event, changed: Changed): Promise<Event> {
    permit(officer, event.districts);
    const next = revised(event, check(editedSeries(event, changed)), now());
    permit(officer, next.districts);
    permitAlone(event, next);
    await events.save(edit(event, next, meant(officer, 'edit')));
    return next;
  }

  /**
   * This one and those that follow: the series ends before, and goes on as another event. Residents are told what is
   * different from then on, under the other event; of the end of the first they hear nothing.
   * @param reason why they are called off from then on; without one they go on
   */
  async function changeFollowing(
    officer: Officer,
    event: Event,
    from: string,
    changed: Changed,
    reason?: string,
  ): Promise<{ first: Event; following: Event }> {
    permit(officer, event.districts);
    const [earlier, later] = splitSeries(writtenOf(event), from);
    const first = revised(event, check(earlier), now());
    const { status, publishedAt, continues = [] } = event;
    const kept = { status, publishedAt, continues: [...continues, event.id] };
    const id = newId();
    const known: Event = { ...draftOf(later, id, now()), ...kept };
    const next: Event = { ...draftOf(check(editedSeries(later, changed)), id, now()), ...kept };
    permit(officer, next.districts);
    permitAlone(known, next);
    const following = reason ? { ...cancelled(next, reason, now()), version: 1, sequence: 0 } : next;
    const changes = changesBetween(known, following, { now: now(), newId, imported: false, isSplit: true });
    await events.saveBoth(
      { ...edit(event, first, meant(officer, 'edit')), changes: [] },
      { ...edit(undefined, following, meant(officer, 'create')), changes },
    );
    return { first, following };
  }

  return { changeOne, changeAll, changeFollowing };
}
