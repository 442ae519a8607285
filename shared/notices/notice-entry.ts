import type { Saying } from '../bulletins/bulletin.ts';
import type { Moment } from '../bulletins/change.ts';
import { type ChangedTime, changedTimes } from '../events/changed-times.ts';
import type { Event } from '../events/event.ts';
import type { Force } from '../force/force.ts';

/** One event a notice tells of. */
export type NoticeEntry = {
  what: Saying;
  /** As it is now. */
  event: Event;
  /** What residents knew; nothing where this is news. */
  before?: Moment;
};

export const districtName = (force: Force, district: string) =>
  force.district.get(district)?.name ?? district;

/** What residents are told of a withdrawn event: it is off. Why, and what became of it, is not theirs to know. */
export const said = ({ what }: NoticeEntry) => (what === 'withdrawn' ? 'cancelled' : what);

export const isOff = (entry: NoticeEntry) => said(entry) === 'cancelled' || said(entry) === 'postponed';

/** When and where residents should look at: of an event that is off, what they knew. */
export const told = (entry: NoticeEntry): Moment =>
  isOff(entry) && entry.before ? entry.before : entry.event;

/** Of what is withdrawn, what residents knew it as. */
export const titleOf = ({ what, before, event }: NoticeEntry) =>
  (what === 'withdrawn' ? before?.title : undefined) ?? event.title;

const order = ['cancelled', 'postponed', 'moved', 'reminder', 'upcoming', 'published', 'survey'] as const;

/** What cannot wait first, then by date. */
export const inOrder = (entries: NoticeEntry[]) =>
  entries.toSorted(
    (one, other) =>
      order.indexOf(said(one)) - order.indexOf(said(other)) ||
      told(one).start.localeCompare(told(other).start) ||
      titleOf(one).localeCompare(titleOf(other)),
  );

const label = {
  cancelled: 'Cancelled',
  postponed: 'Postponed',
  moved: 'Moved',
  reminder: 'Reminder',
  upcoming: 'Coming up',
  published: 'New police event',
  survey: 'How was it',
};

export const labelOf = (entry: NoticeEntry) => label[said(entry)];

/** The single times that it is about; nothing where a whole series changed, or it is no series. */
export function singleTimes({ what, event, before }: NoticeEntry): ChangedTime[] | undefined {
  if (what !== 'moved' || !before || before.status !== event.status) return undefined;
  return changedTimes(before, event);
}

/** `3 new police events in Harlow`, `Police events in Harlow: 1 cancelled, 2 new` */
export function countOf(entries: NoticeEntry[], place: string): string {
  const counts = order.flatMap((what) => {
    const count = entries.filter((entry) => said(entry) === what).length;
    return count ? [{ what, count }] : [];
  });
  const [first] = counts;
  if (counts.length === 1 && first) {
    const events = first.count === 1 ? 'police event' : 'police events';
    if (first.what === 'published') return `${first.count} new ${events} in ${place}`;
    if (first.what === 'reminder') return `${first.count} ${events} tomorrow in ${place}`;
    if (first.what === 'survey') return `How were ${first.count} ${events} in ${place}?`;
    if (first.what === 'upcoming') return `${first.count} ${events} coming up in ${place}`;
    const isSomeDays = first.what === 'moved' && entries.every(singleTimes);
    return `${first.count} ${events} ${isSomeDays ? 'changed' : first.what} in ${place}`;
  }
  const word = { published: 'new', reminder: 'tomorrow', upcoming: 'coming up' } as Record<string, string>;
  return `Police events in ${place}: ${counts.map(({ what, count }) => `${count} ${word[what] ?? what}`).join(', ')}`;
}
