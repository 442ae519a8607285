import { createHash } from 'node:crypto';
import * as z from 'zod';
import {
  type Action,
  cancelled,
  completed,
  draftOf,
  edit,
  postponed,
  published,
  revised,
  withOutcome,
} from '../events/edit-event.ts';
import type { Event } from '../events/event.ts';
import type { EventInput } from '../events/event-input.ts';
import type { EventStore } from '../events/event-store.ts';
import type { Officer } from '../identity/officer.ts';
import { Invalid } from '../runtime/errors.ts';
import { eventOf, expectVersion, permit, type VersionRead } from './event-sight.ts';
import { isPublication, type SecondPersonDeps, secondPerson } from './second-person.ts';

export type CommandDeps = {
  events: Pick<EventStore, 'get' | 'getAll' | 'history' | 'remembered' | 'save'>;
  submissions: SecondPersonDeps['submissions'];
  force: SecondPersonDeps['force'];
  now: () => Date;
  newId: () => string;
};
export type EventCommands = ReturnType<typeof eventCommands>;

/** Why an event is off. */
export const reasonGiven = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1, 'must say why, in the public’s words')
    .max(500, 'must be 500 characters or fewer'),
});

/** What came of an event. */
export const outcomeGiven = z.strictObject({
  attendance: z.int().min(0, 'must be 0 or more').max(1_000_000),
  notes: z.string().trim().max(5000).default(''),
});

/** What was raised at an event and what was done about it, and whether residents may read it. */
export const youSaidWeDid = z.strictObject({
  raised: z.string().trim().max(2000, 'must be 2000 characters or fewer').default(''),
  did: z.string().trim().max(2000, 'must be 2000 characters or fewer').default(''),
  isPublished: z.boolean().default(false),
});

const DAY = 86_400_000;

/**
 * What an officer may do to events, whichever way it was asked for. Each saves in one transaction, answers the event
 * as it then is, and throws Forbidden for districts that are not the officer's, Conflict where the status forbids
 * it, and Stale when somebody else was faster. Where the force wants a second person, publishing is also Forbidden to
 * who is not one.
 */
export function eventCommands(deps: CommandDeps) {
  const { events, now, newId } = deps;
  const second = secondPerson(deps);

  /**
   * The event that an officer is about to change, as they read it.
   * @throws NotFound, Forbidden, Stale
   */
  async function toChange(officer: Officer, id: string, read: VersionRead[]): Promise<Event> {
    const event = await eventOf(officer, id, { events });
    expectVersion(event, read);
    return event;
  }

  /**
   * A new draft; the one made before when the same key was given with the same words within a day.
   * @throws Invalid when the key was given with other words
   */
  async function create(officer: Officer, input: EventInput, key?: string): Promise<Event> {
    permit(officer, input.districts);
    const idempotency = key
      ? {
          key: ownKey(officer, key),
          fingerprint: hash(JSON.stringify(input)),
          until: new Date(now().getTime() + DAY),
        }
      : undefined;
    const earlier = idempotency && (await events.remembered(idempotency.key, now()));
    if (idempotency && earlier) {
      if (earlier.fingerprint !== idempotency.fingerprint)
        throw new Invalid([
          { pointer: '', message: 'was another one when this Idempotency-Key was first used' },
        ]);
      const made = await events.get(earlier.eventId);
      if (made) return made;
    }
    const event = draftOf(input, newId(), now());
    await events.save(
      edit(undefined, event, { by: officer, action: 'create', now: now(), newId }),
      idempotency,
    );
    return event;
  }

  /** The event that an officer made with this key, within a day. */
  async function madeWith(officer: Officer, key: string): Promise<Event | undefined> {
    const earlier = await events.remembered(ownKey(officer, key), now());
    return earlier && events.get(earlier.eventId);
  }

  async function change(action: Action, officer: Officer, previous: Event, event: Event, notes?: string) {
    permit(officer, previous.districts);
    permit(officer, event.districts);
    const first = isPublication(previous, event)
      ? await second.firstPerson(officer, previous, { isAsItWas: action === 'publish' })
      : undefined;
    await events.save(
      edit(previous, event, {
        by: officer,
        action,
        now: now(),
        newId,
        notes: notes ?? (first && `Submitted by ${first.name}`),
      }),
    );
    if (first) await second.end(event.id);
    return event;
  }

  return {
    toChange,
    create,
    madeWith,
    /** @param reason why it moves, where it does, for residents */
    replace: async (officer: Officer, event: Event, input: EventInput, reason?: string) =>
      change('edit', officer, event, revised(event, input, now(), reason)),
    publish: async (officer: Officer, event: Event) =>
      change('publish', officer, event, published(event, now())),
    cancel: async (officer: Officer, event: Event, reason: string) =>
      change('cancel', officer, event, cancelled(event, reason, now())),
    postpone: async (officer: Officer, event: Event, reason: string) =>
      change('postpone', officer, event, postponed(event, reason, now())),
    outcome: async (officer: Officer, event: Event, said: z.output<typeof youSaidWeDid>) =>
      change('outcome', officer, event, withOutcome(event, said, now())),
    complete: async (officer: Officer, event: Event, { attendance, notes }: z.output<typeof outcomeGiven>) =>
      change('complete', officer, event, completed(event, attendance, now()), notes || undefined),
  };
}

const ownKey = ({ id }: Officer, key: string) => `${id}#${hash(key)}`;
const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
