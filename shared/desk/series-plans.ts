import * as z from 'zod';
import { isMaterial } from '../bulletins/change.ts';
import { cancelled, draftOf, revised } from '../events/edit-event.ts';
import { editedSeries } from '../events/edited-series.ts';
import type { Event } from '../events/event.ts';
import { type EventInput, localTimeOrDate, mayDiffer, override, writtenOf } from '../events/event-input.ts';
import { inTheFormOf } from '../events/recurrence.ts';
import { splitSeries } from '../events/split-series.ts';
import type { Force } from '../force/force.ts';
import { accept } from '../http/request.ts';
import type { Officer } from '../identity/officer.ts';
import { Forbidden, Invalid } from '../runtime/errors.ts';
import { checkedInput } from './checked-input.ts';
import { permit } from './event-sight.ts';
import { isPublication, needsSecondPerson } from './second-person.ts';

/** One time of a series as it is to be: what is not said is as in the series. Nothing said makes it as the others. */
export const occurrenceGiven = override.superRefine(reasonWanted);

/** What is to be different; what is not said stays as it was. */
export type Changed = Partial<EventInput>;

/** From which time on a series is to be different, and in what; or that it is called off from then on. */
export const splitGiven = mayDiffer
  .extend({
    from: localTimeOrDate.meta({ description: 'The local start that the rule gives the first of them' }),
    status: z.enum(['cancelled']).optional().meta({ description: 'They are called off' }),
    reason: z
      .string()
      .trim()
      .max(500)
      .optional()
      .meta({ description: 'Why they are called off or moved, as the public reads it' }),
  })
  .superRefine(reasonWanted);

/** Why single times, or those that follow, are off or moved. */
export type Said = { status?: 'cancelled'; reason?: string };

/** A series that is cut in two. */
export type Parts = {
  /** What goes on as the event it was, until then. */
  first: Event;
  /** What residents know of what follows, and what it is to be: `preview` tells what they would hear. */
  known: Event;
  following: Event;
};

/**
 * What a series would be if an officer changed one time of it, that one and those that follow, or all. Nothing is kept.
 * @throws Invalid where what it would be is no event, Forbidden, Conflict
 */
export function seriesPlans({ force, now, newId }: { force: Force; now: () => Date; newId: () => string }) {
  const input = checkedInput(force);
  const check = (said: EventInput) => accept(input, writtenOf(said));

  /** Who edits a series does not show it to the public by the way. */
  function permitBoth(officer: Officer, previous: Event, next: Event) {
    permit(officer, previous.districts);
    permit(officer, next.districts);
    if (needsSecondPerson(force) && isPublication(previous, next))
      throw new Forbidden('Nobody may show it to the public alone: copy it, and have the copy approved');
  }

  /** This one: moved, renamed or called off; or as the others again. */
  function one(officer: Officer, event: Event, given: z.output<typeof override>): Event {
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
    return revised(event, changed, now());
  }

  /** All of it. What is left out and changed on single days goes with a new start. */
  function all(officer: Officer, event: Event, changed: Changed): Event {
    permit(officer, event.districts);
    const next = revised(event, check(editedSeries(event, changed)), now());
    permitBoth(officer, event, next);
    return next;
  }

  /**
   * This one and those that follow: the series ends before, and goes on as another event.
   * @param said that they are called off, and why; or why they are moved
   */
  function following(
    officer: Officer,
    event: Event,
    from: string,
    changed: Changed,
    { status: off, reason }: Said = {},
  ): Parts {
    permit(officer, event.districts);
    const [earlier, later] = splitSeries(writtenOf(event), from);
    const { status, publishedAt, continues = [] } = event;
    const kept = { status, publishedAt, continues: [...continues, event.id] };
    const id = newId();
    const first = { ...revised(event, check(earlier), now()), continued: { id, from } };
    const known: Event = { ...draftOf(later, id, now()), ...kept };
    const next: Event = { ...draftOf(check(editedSeries(later, changed)), id, now()), ...kept };
    permitBoth(officer, known, next);
    if (off) return { first, known, following: asNew(cancelled(next, reason ?? '', now())) };
    const isMoved = event.status === 'published' && isMaterial(known, next);
    return { first, known, following: isMoved && reason ? { ...next, reason } : next };
  }

  return { one, all, following };
}

const asNew = (event: Event): Event => ({ ...event, version: 1, sequence: 0 });

function reasonWanted({ status, reason }: Said, context: z.RefinementCtx) {
  if (status === 'cancelled' && !reason)
    context.addIssue({ code: 'custom', message: 'must say why, in the public’s words', path: ['reason'] });
}
