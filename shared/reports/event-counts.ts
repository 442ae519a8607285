import { Temporal } from 'temporal-polyfill';
import type { Event } from '../events/event.ts';
import { type Occurrence, occurrences } from '../events/recurrence.ts';
import { toInstant, toLocalDate } from '../events/zone-time.ts';
import { addTo, type Counts, placeNamed, rowOfEvents, type Shares } from './counts.ts';

/** Series are counted this far ahead: the weekly recount moves it on. */
const MONTHS_AHEAD = 24;
/** What a series was longer ago stays as it was counted then. */
const MONTHS_BACK = 60;

/** Days from publication to the first time, by what a team can do with them. */
export const noticeSpans = [
  { id: '0', from: 0 },
  { id: '2', from: 2 },
  { id: '7', from: 7 },
  { id: '14', from: 14 },
  { id: '28', from: 28 },
] as const;

/** Meetings at which residents set what their beat team works on: the Neighbourhood Policing Guarantee counts them. */
const BEAT_MEETING = 'community-meeting';

/**
 * What an event adds to the counters: each of its times in the month it starts in; what is said of the whole event
 * (who came, notice given) in the month of its start. A draft adds nothing.
 * @param before what it added when it was last counted
 */
export function eventCounts(event: Event, before: Shares, now: Date): Shares {
  if (!event.publishedAt) return {};
  const shares: Shares = {};
  const row = rowOfEvents(event.districts);
  const add = (of: string, counts: Counts) => addTo(shares, { of, row }, counts);
  const thisMonth = Temporal.PlainYearMonth.from(toLocalDate(now, event.timeZone).slice(0, 7));
  const first = thisMonth.subtract({ months: MONTHS_BACK }).toString();
  const last = thisMonth.add({ months: MONTHS_AHEAD }).toString();
  const isSeries = event.recurrence !== undefined;
  const times = isSeries ? timesBetween(event, first, last) : timesOf(event);
  for (const time of times) add(time.start.slice(0, 7), timeCounts(time));
  const month = event.start.slice(0, 7);
  const isHeld = times.some(isOn);
  if (event.attendance !== undefined) add(month, { attendance: event.attendance, counted: 1 });
  if (isHeld && (!isSeries || month >= first)) add(month, noticeGiven(event, event.publishedAt));
  if (!isSeries) return shares;
  const settled = Object.entries(before).filter(([place]) => placeNamed(place).of < first);
  return { ...shares, ...Object.fromEntries(settled) };
}

/** Whether a time takes place, or will. */
export const isOn = ({ event }: Pick<Occurrence, 'event'>) =>
  event.status === 'published' || event.status === 'completed';

function timeCounts(time: Occurrence): Counts {
  const { kind, campaign, team, status } = time.event;
  if (status === 'cancelled') return { cancelled: 1 };
  if (!isOn(time)) return { postponed: 1 };
  return {
    times: 1,
    [`kind#${kind}`]: 1,
    [`team#${team}`]: 1,
    [`day#${time.start.slice(8, 10)}#${team}`]: 1,
    ...(campaign && { [`campaign#${campaign}`]: 1 }),
    ...(kind === BEAT_MEETING && { [`meeting#${team}`]: 1 }),
  };
}

function noticeGiven({ start, timeZone }: Event, publishedAt: string): Counts {
  const published = Temporal.PlainDate.from(toLocalDate(new Date(publishedAt), timeZone));
  const days = Math.max(0, published.until(start.slice(0, 10)).days);
  const span = noticeSpans.findLast(({ from }) => days >= from)?.id ?? '0';
  return { noticed: 1, noticeDays: days, [`notice#${span}`]: 1 };
}

const timesOf = (event: Event) => occurrences(event, new Date(0), new Date(8.64e15));

function timesBetween(event: Event, first: string, last: string): Occurrence[] {
  const start = (month: string) => toInstant(`${month}-01T00:00`, event.timeZone);
  return occurrences(event, start(first), start(last)).filter(({ start: local }) => local >= first);
}
