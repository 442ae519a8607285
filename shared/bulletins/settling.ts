import type { Event } from '../events/event.ts';
import { type BulletinEntry, isPressing, isUrgent } from './bulletin.ts';
import { type Change, momentOf, whatHappened } from './change.ts';
import { isNight, morningOf } from './night.ts';

/** Changes of one district that wait to be told together. */
export type Window = {
  openedAt: string;
  /** When everything that waits is told. */
  settleAt?: string;
  /** When what cannot wait is told. */
  urgentAt?: string;
};

export type Pace = { settleSeconds: number; timeZone: string };

/** A window is kept open by further changes for at most this many times its length. */
const MOST_EXTENSIONS = 5;
const SECOND = 1_000;
/** More would not fit one message on the topic. */
const MOST_EVENTS = 250;

const hurries = (change: Change, now: Date) => !change.importId && isUrgent(change, now);

/** The window after these changes arrived. */
export function opened(window: Window | undefined, changes: Change[], now: Date, pace: Pace): Window {
  const openedAt = window?.settleAt ? window.openedAt : now.toISOString();
  const quiet = pace.settleSeconds * 1000;
  // An import is one bulletin however long it takes; it ends by itself.
  const latest = changes.every(({ importId }) => importId)
    ? Number.POSITIVE_INFINITY
    : Date.parse(openedAt) + MOST_EXTENSIONS * quiet;
  const settled = new Date(Math.max(now.getTime(), Math.min(now.getTime() + quiet, latest)));
  const hurrying = changes.filter((change) => hurries(change, now) && mayGo(change, now, pace));
  const calm = changes.length > hurrying.length;
  return {
    openedAt,
    settleAt: calm ? morningOf(settled, pace.timeZone).toISOString() : window?.settleAt,
    urgentAt: hurrying.length ? now.toISOString() : window?.urgentAt,
  };
}

/** Imports that are under way, and until when they are believed to be. */
export type Running = ReadonlyMap<string, Date>;

/** What is told now, what waits, and the window for what waits. What an import changes waits for all of it. */
export function closed(
  window: Window,
  changes: Change[],
  { now, running, pace }: { now: Date; running: Running; pace: Pace },
) {
  const isSettled = window.settleAt !== undefined && Date.parse(window.settleAt) <= now.getTime();
  const isOpen = ({ importId }: Change) => importId !== undefined && running.has(importId);
  const ready = changes.filter(
    (change) => (isSettled || hurries(change, now)) && mayGo(change, now, pace) && !isOpen(change),
  );
  const going = new Set(ready.map(({ eventId }) => eventId).slice(0, MOST_EVENTS));
  const go = changes.filter(({ eventId }) => going.has(eventId));
  const stay = changes.filter(({ eventId }) => !going.has(eventId));
  const isMore = ready.some(({ eventId }) => !going.has(eventId));
  const again = isMore ? now : whenNextToLook(window, now, running);
  const left: Window = {
    openedAt: window.openedAt,
    settleAt: !stay.length
      ? undefined
      : isSettled
        ? morningOf(again, pace.timeZone).toISOString()
        : (window.settleAt ?? now.toISOString()),
  };
  return { go, stay, left };
}

/**
 * Whether an import is over is looked at again after half the time that it has been waited for, and when it is no longer
 * believed in.
 */
const whenNextToLook = ({ openedAt }: Window, now: Date, running: Running) =>
  new Date(
    Math.min(
      now.getTime() + Math.max(SECOND, (now.getTime() - Date.parse(openedAt)) / 2),
      ...[...running.values()].map((until) => until.getTime()),
    ),
  );

/** When to look at a window again. */
export const nextLook = ({ settleAt, urgentAt }: Window): Date | undefined => {
  const [first] = [settleAt, urgentAt].filter((at) => at !== undefined).sort();
  return first === undefined ? undefined : new Date(first);
};

/** The net effect of the changes, one entry for each event that residents should hear of. */
export function compose(changes: Change[], events: Map<string, Event>, now: Date): BulletinEntry[] {
  const byEvent = Map.groupBy(
    changes.toSorted((one, other) => one.version - other.version),
    ({ eventId }) => eventId,
  );
  const isNews = (id: string) => byEvent.has(id) && !byEvent.get(id)?.[0]?.before;
  return [...byEvent].flatMap(([eventId, [first, ...more]]) => {
    const event = events.get(eventId);
    if (!first || !event) return [];
    // Of a series that was split before it was told, both parts are news.
    const before = event.continues?.some(isNews) ? undefined : first.before;
    const what = whatHappened(before, momentOf(event));
    if (!what) return [];
    const startsAt = [first, ...more].map((change) => change.startsAt).sort()[0] as string;
    const entry = { before, startsAt };
    return [
      {
        ...entry,
        eventId,
        continues: event.continues,
        version: event.version,
        what,
        kind: event.kind,
        campaign: event.campaign,
        districts: [...new Set([first, ...more].flatMap(({ districts }) => districts))],
        isUrgent: isUrgent(entry, now),
        isPressing: isPressing(entry, now),
      },
    ];
  });
}

const mayGo = (change: Change, now: Date, { timeZone }: Pace) =>
  !isNight(now, timeZone) || isPressing(change, now);
