import { isDeepStrictEqual } from 'node:util';
import { changedTimes, whenAndWhere } from '../events/changed-times.ts';
import { type Event, isPublic } from '../events/event.ts';
import { endsForGood, instants, occurrences } from '../events/recurrence.ts';
import { toInstant } from '../events/zone-time.ts';

/** What residents knew of an event: its status, when and where. */
export type Moment = Pick<Event, 'status' | 'start' | 'end' | 'allDay' | 'recurrence' | 'venue'> & {
  /** What it was called: of what is withdrawn, nothing newer is for the public. */
  title?: string;
};

/** What an edit meant for one district, recorded with the edit. */
export type Change = {
  id: string;
  district: string;
  eventId: string;
  version: number;
  at: string;
  /** Every district the event is or was in. */
  districts: string[];
  /** What was public before; nothing where this is news. */
  before?: Moment;
  /** The earlier of the old and the new start. */
  startsAt: string;
  /** The import that made it: it waits for all of that, also where the event could be told in a hurry. */
  importId?: string;
};

export type What = 'published' | 'moved' | 'postponed' | 'cancelled' | 'withdrawn';

/** What residents know of it now; nothing where it is not public. */
export const momentOf = (event: Event): Moment | undefined =>
  isPublic(event)
    ? {
        title: event.title,
        status: event.status,
        start: event.start,
        end: event.end,
        allDay: event.allDay,
        recurrence: event.recurrence,
        venue: event.venue,
      }
    : undefined;

/**
 * What residents are told when an event they knew so is now so; nothing where it does not matter to them.
 * Material is RFC 5546 §2.1.4 (start, end, recurrence, status), and the venue.
 */
export function whatHappened(before: Moment | undefined, now: Moment | undefined): What | undefined {
  const wasOn = before !== undefined && before.status !== 'cancelled';
  if (!wasOn) return now?.status === 'published' ? 'published' : undefined;
  if (!now) return 'withdrawn';
  if (now.status === 'cancelled') return 'cancelled';
  if (now.status === 'postponed') return before.status === 'postponed' ? undefined : 'postponed';
  if (before.status === 'postponed' && now.status === 'published') return 'moved';
  return isMaterial(before, now) ? 'moved' : undefined;
}

/** Whether when or where differ. */
export const isMaterial = (one: Omit<Moment, 'status'>, other: Omit<Moment, 'status'>) =>
  !isDeepStrictEqual(whenAndWhere(one), whenAndWhere(other));

/** How far ahead the next time of what repeats is looked for. */
const AHEAD = 400 * 86_400_000;

/** When an event starts, or where it repeats, when next: of what began long ago the next time may be far off. */
function nextStart(event: Event, now: Date): Date {
  const next = event.recurrence && occurrences(event, now, new Date(now.getTime() + AHEAD))[0];
  return next?.startsAt ?? toInstant(event.start, event.timeZone);
}

/**
 * When single times of a series are that changed and are not over, in order; nothing where more changed than that, as
 * when all of it is taken from the public.
 * What is put off in May is as urgent as that day, not as the next.
 */
function timesChanged(previous: Event, event: Event, now: Date): string[] | undefined {
  const isOn = [previous, event].every((each) => each.status === 'published' && isPublic(each));
  const times = isOn ? changedTimes(previous, event) : undefined;
  return times
    ?.map(({ was, now: then }) =>
      [was, then].flatMap((time) => (time ? [instants({ ...event, ...time })] : [])),
    )
    .filter((both) => both.some(({ endsAt }) => endsAt > now))
    .flatMap((both) => both.map(({ startsAt }) => startsAt.toISOString()))
    .sort();
}

/**
 * The changes that an edit makes, one for each district it concerns; none for what is not public or is over.
 * @param isSplit also where nothing differs: if the series turns out to be news still, what follows is news too
 */
export function changesBetween(
  previous: Event | undefined,
  event: Event,
  {
    now,
    newId,
    importId,
    isSplit = false,
  }: { now: Date; newId: () => string; importId?: string; isSplit?: boolean },
): Change[] {
  const ends = event.status === 'cancelled' ? undefined : endsForGood(event);
  if (ends && ends <= now) return [];
  const before = previous && momentOf(previous);
  const single = previous && timesChanged(previous, event, now);
  const startsAt = [previous ?? event, event].map((each) => nextStart(each, now).toISOString()).sort()[0];
  const districts = [...new Set([...(previous?.districts ?? []), ...event.districts])];
  return districts.flatMap((district) => {
    const isNew = !previous?.districts.includes(district);
    const known = isNew ? undefined : before;
    const isSame = !whatHappened(known, momentOf(event)) || (known && single?.length === 0);
    if (isSame && !(isSplit && known)) return [];
    return [
      {
        id: newId(),
        district,
        eventId: event.id,
        version: event.version,
        at: now.toISOString(),
        districts,
        before: known,
        startsAt: (known && single?.[0]) ?? (startsAt as string),
        importId,
      },
    ];
  });
}
