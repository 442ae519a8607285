import * as z from 'zod';
import type { Author } from '../events/edit-event.ts';
import { type Event, isPublic } from '../events/event.ts';
import type { EventStore } from '../events/event-store.ts';
import type { Force } from '../force/force.ts';
import { isAtLeast, mayAct, type Officer } from '../identity/officer.ts';
import { Conflict, Forbidden } from '../runtime/errors.ts';
import { permit } from './event-sight.ts';
import { isWaiting, type Submission } from './submission.ts';
import type { SubmissionStore } from './submission-store.ts';

export type SecondPersonDeps = {
  submissions: SubmissionStore;
  events: Pick<EventStore, 'getAll' | 'history'>;
  force: Pick<Force, 'console'>;
  now: () => Date;
};
export type SecondPerson = ReturnType<typeof secondPerson>;

/** What a supervisor says to who submitted an event. */
export const noteGiven = z.strictObject({
  note: z.string().trim().min(1, 'must say what to change').max(500, 'must be 500 characters or fewer'),
});

export const needsSecondPerson = ({ console }: Pick<Force, 'console'>) => console?.secondPerson ?? false;

/** Whether residents, or partners, see with this edit what nobody outside saw before. */
export const isPublication = (previous: Event, event: Event) =>
  (event.status === 'published' && previous.status !== 'published') ||
  (isPublic(event) && !isPublic(previous));

/** Where a force wants two people behind what is published: one submits, another one, a supervisor, approves. */
export function secondPerson({ submissions, events, force, now }: SecondPersonDeps) {
  const isNeeded = needsSecondPerson(force);

  /** The submission of the event as it is now; a change since then has taken it back. */
  async function submissionOf(event: Event): Promise<Submission | undefined> {
    if (!isNeeded) return undefined;
    const submission = await submissions.find(event.id);
    return submission?.version === event.version ? submission : undefined;
  }

  /** @throws Forbidden, Conflict where there is nothing to approve, Stale */
  async function submit(officer: Officer, event: Event): Promise<Submission> {
    permit(officer, event.districts);
    if (!isNeeded) throw new Conflict('Nobody else needs to approve it: publish it');
    if (!isOpen(event)) throw new Conflict(`It is ${event.status}; there is nothing to approve`);
    const before = await submissions.find(event.id);
    if (isWaiting(before) && before.version === event.version)
      throw new Conflict(`${before.by.name} has submitted it already`);
    const submission = {
      eventId: event.id,
      version: event.version,
      by: authorOf(officer),
      at: now().toISOString(),
    };
    await submissions.keep(submission, before);
    return submission;
  }

  /** @throws Forbidden, Conflict where it does not wait, Stale */
  async function giveBack(officer: Officer, event: Event, note: string): Promise<Submission> {
    permit(officer, event.districts);
    if (!isAtLeast(officer, 'supervisor')) throw new Forbidden('A supervisor returns what was submitted');
    const before = await submissionOf(event);
    if (!isWaiting(before) || !isOpen(event)) throw new Conflict('It does not wait for approval');
    const submission = { ...before, returned: { by: authorOf(officer), at: now().toISOString(), note } };
    await submissions.keep(submission, before);
    return submission;
  }

  /**
   * Who stands behind the event beside the officer who is about to publish it; nothing where one is enough.
   * @param isAsItWas whether it is published as it was read, and not with other words
   * @throws Forbidden when the officer may not, or may not alone
   */
  async function firstPerson(
    officer: Officer,
    event: Event,
    { isAsItWas }: { isAsItWas: boolean },
  ): Promise<Author | undefined> {
    if (!isNeeded) return undefined;
    if (!isAsItWas)
      throw new Forbidden('Nobody may show it to the public alone: copy it, and have the copy approved');
    if (!isAtLeast(officer, 'supervisor'))
      throw new Forbidden('A supervisor must approve it before it is published: submit it');
    const submission = await submissionOf(event);
    if (submission?.returned)
      throw new Forbidden(`${submission.returned.by.name} has returned it: change it`);
    if (submission?.by.id === officer.id)
      throw new Forbidden('You submitted it: another supervisor must approve it');
    if (submission) return submission.by;
    const [last] = await events.history(event.id);
    if (!last || last.by.id === officer.id)
      throw new Forbidden('You wrote it: another supervisor must approve it');
    return last.by;
  }

  /** What waits for this supervisor, the oldest first. */
  async function waitingFor(officer: Officer): Promise<{ submission: Submission; event: Event }[]> {
    if (!isNeeded || !isAtLeast(officer, 'supervisor')) return [];
    const waiting = (await submissions.all()).filter(isWaiting);
    const found = await events.getAll(waiting.map(({ eventId }) => eventId));
    return waiting.flatMap((submission) => {
      const event = found.get(submission.eventId);
      const isMeant = event?.version === submission.version && isOpen(event);
      return isMeant && mayAct(officer, event.districts) ? [{ submission, event }] : [];
    });
  }

  return { isNeeded, submissionOf, submit, giveBack, firstPerson, waitingFor, end: submissions.end };
}

const isOpen = ({ status }: Event) => status === 'draft' || status === 'postponed';

const authorOf = ({ id, name }: Officer): Author => ({ id, name });
