import { isDeepStrictEqual } from 'node:util';
import { type Change, changesBetween, isMaterial } from '../bulletins/change.ts';
import { Conflict } from '../runtime/errors.ts';
import type { Event, Outcome } from './event.ts';
import { type EventInput, writableMembers } from './event-input.ts';
import type { Status } from './event-terms.ts';
import { toInstant } from './zone-time.ts';

export type Author = { id: string; name: string };
export const actions = [
  'create',
  'edit',
  'publish',
  'cancel',
  'postpone',
  'complete',
  'outcome',
  'withdraw',
] as const;
export type Action = (typeof actions)[number];

/** One line of an event's history. */
export type Version = {
  version: number;
  at: string;
  by: Author;
  action: Action;
  changes: { field: string; before?: unknown; after?: unknown }[];
  /** What an officer noted, for officers only. */
  notes?: string;
};

/** What one command does to one event: all of it is kept in one transaction, or nothing. */
export type Edit = { previous?: Event; event: Event; version: Version; changes: Change[] };

/** What takes a draft away: no place shows it any more, and its history says who removed it. */
export type Withdrawal = { draft: Event; version: Version };

/** @throws Conflict once it was published */
export function withdrawal(draft: Event, { by, now }: { by: Author; now: Date }): Withdrawal {
  if (draft.status !== 'draft') throw new Conflict(`It is ${draft.status}; only a draft can be removed`);
  const { id, name } = by;
  const version = draft.version + 1;
  return {
    draft,
    version: { version, at: now.toISOString(), by: { id, name }, action: 'withdraw', changes: [] },
  };
}

export const draftOf = (input: EventInput, id: string, now: Date): Event => ({
  ...input,
  id,
  version: 1,
  sequence: 0,
  status: 'draft',
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
});

/**
 * The event with these words instead of its own.
 * @param reason why it moves, for residents; one given for an earlier move goes with the next
 * @throws Conflict once it is cancelled
 */
export function revised(event: Event, input: EventInput, now: Date, reason?: string): Event {
  if (event.status === 'cancelled') throw new Conflict('A cancelled event cannot be edited');
  const kept = Object.fromEntries(
    Object.entries(event).filter(([member]) => !(writableMembers as string[]).includes(member)),
  ) as Omit<Event, keyof EventInput>;
  const then = { ...kept, ...input };
  if (event.status !== 'published' || !isMaterial(event, then)) return next(event, then, now);
  const { reason: _, ...moved } = then;
  return next(event, { ...moved, ...(reason && { reason }) }, now);
}

const publishable: Status[] = ['draft', 'postponed'];

export const mayBePublished = ({ status }: Pick<Event, 'status'>) => publishable.includes(status);

export const published = (event: Event, now: Date): Event =>
  moved(event, publishable, 'published', now, {
    publishedAt: event.publishedAt ?? now.toISOString(),
  });

export const cancelled = (event: Event, reason: string, now: Date): Event =>
  moved(event, ['published', 'postponed'], 'cancelled', now, { reason });

export const postponed = (event: Event, reason: string, now: Date): Event =>
  moved(event, ['published'], 'postponed', now, { reason });

export function completed(event: Event, attendance: number, now: Date): Event {
  if (toInstant(event.start, event.timeZone) > now) throw new Conflict('It has not started yet');
  return moved(event, ['published'], 'completed', now, { attendance });
}

/** The event with what was raised there and what came of it. Nobody is told. */
export function withOutcome(event: Event, outcome: Outcome, now: Date): Event {
  if (!event.publishedAt || event.status === 'cancelled')
    throw new Conflict(`It is ${event.status}; nothing can come of it`);
  if (toInstant(event.start, event.timeZone) > now) throw new Conflict('It has not started yet');
  return next(event, { ...event, outcome }, now);
}

/** The edit that took an event from one state to the next, with what it means to residents. */
export function edit(
  previous: Event | undefined,
  event: Event,
  {
    by,
    action,
    now,
    newId,
    importId,
    notes,
  }: { by: Author; action: Action; now: Date; newId: () => string; importId?: string; notes?: string },
): Edit {
  return {
    previous,
    event,
    version: {
      version: event.version,
      at: now.toISOString(),
      by: { id: by.id, name: by.name },
      action,
      changes: differences(previous, event),
      notes,
    },
    changes: changesBetween(previous, event, { now, newId, importId }),
  };
}

/** The event as it was before the newest of its versions. */
export function stateBefore(event: Event, { changes }: Pick<Version, 'changes'>): Event {
  const was = Object.fromEntries(changes.map(({ field, before }) => [field, before]));
  const members = Object.entries({ ...event, ...was }).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(members) as Event), version: event.version - 1 };
}

function moved(event: Event, from: Status[], status: Status, now: Date, more: Partial<Event>): Event {
  if (!from.includes(event.status))
    throw new Conflict(`It is ${event.status}; only ${from.join(' or ')} events can be ${status}`);
  const { reason: _, ...rest } = event;
  return next(event, { ...rest, status, ...more }, now);
}

/** Sequence rises with each material change, and with each status after the first publication. */
function next(previous: Event, event: Event, now: Date): Event {
  const isFirst = previous.status === 'draft' || event.status === 'completed';
  const rises = isMaterial(previous, event) || (previous.status !== event.status && !isFirst);
  return {
    ...event,
    version: previous.version + 1,
    sequence: previous.sequence + (rises ? 1 : 0),
    updatedAt: now.toISOString(),
  };
}

const bookkeeping = new Set(['version', 'sequence', 'createdAt', 'updatedAt']);

function differences(previous: Event | undefined, event: Event): Version['changes'] {
  const fields = new Set([...Object.keys(previous ?? {}), ...Object.keys(event)]) as Set<keyof Event>;
  return [...fields]
    .filter((field) => !bookkeeping.has(field) && !isDeepStrictEqual(previous?.[field], event[field]))
    .map((field) => ({ field, before: previous?.[field], after: event[field] }));
}
