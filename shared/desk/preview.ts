import { changesBetween } from '../bulletins/change.ts';
import { compose, nextLook, opened } from '../bulletins/settling.ts';
import { calendarOf, groupsOf } from '../calendars/calendar-groups.ts';
import type { Event } from '../events/event.ts';
import { noticeEmail } from '../notices/notice-email.ts';
import { noticeText } from '../notices/notice-text.ts';
import { type CountDeps, countNotices } from './count-notices.ts';

export type PreviewDeps = CountDeps & { origin: string; newId: () => string };

export type Preview = Awaited<ReturnType<typeof preview>>;

/**
 * What it would bring about if an event became the next: its calendars, the people told (or about as many), what that
 * costs, when they are told (nothing where nobody is), and the words they would read. It sends and writes nothing.
 */
export async function preview(event: Event, next: Event, deps: PreviewDeps) {
  const { force, origin } = deps;
  const changes = changesOf(event, next, deps);
  const perDistrict = await Promise.all(
    changes.map((change) => toldOf(change.district, next, [change], deps)),
  );
  const email = perDistrict.reduce((sum, count) => sum + count.email, 0);
  const sms = perDistrict.reduce((sum, count) => sum + count.sms, 0);
  return {
    calendars: groupsOf(next).flatMap((group) => {
      const calendar = calendarOf(group, force);
      return calendar ? [{ name: calendar.name, url: `${origin}/calendars/${group}.ics` }] : [];
    }),
    // A notice by text is always one segment.
    notices: { email, sms, smsSegments: sms, estimatedCostPence: Math.ceil(sms * force.senders.textPence) },
    isEstimate: perDistrict.some(({ isEstimate }) => isEstimate),
    goesAt: goesAt(changes, deps),
    text: wordsOf(next, changes, deps),
  };
}

/** Only the words of a preview: what those who are told would read. */
export const noticeWords = (event: Event, next: Event, deps: PreviewDeps) =>
  wordsOf(next, changesOf(event, next, deps), deps);

const changesOf = (event: Event, next: Event, { now, newId }: PreviewDeps) =>
  changesBetween(event, next, { now: now(), newId });

type Changes = ReturnType<typeof changesBetween>;

/** The moment itself by day, but for the minutes that a district's window stays open; the morning by night. */
export const goesAt = (
  changes: Changes,
  { force, now }: Pick<PreviewDeps, 'force' | 'now'>,
): Date | undefined =>
  changes.length
    ? nextLook(opened(undefined, changes, now(), { settleSeconds: 0, timeZone: force.timeZone }))
    : undefined;

async function toldOf(district: string, event: Event, changes: Changes, deps: PreviewDeps) {
  const { now } = deps;
  const entries = compose(changes, new Map([[event.id, event]]), now());
  if (!entries.length) return { email: 0, sms: 0, isEstimate: false };
  return countNotices({ id: 'preview', district, at: now().toISOString(), entries }, deps);
}

function wordsOf(event: Event, changes: Changes, { force, origin, now }: PreviewDeps) {
  const [change] = changes;
  const [entry] = change ? compose([change], new Map([[event.id, event]]), now()) : [];
  if (!change || !entry) return {};
  const notice = {
    force,
    origin,
    district: change.district,
    entries: [{ what: entry.what, before: entry.before, event }],
  };
  const links = { manage: `${origin}/subscriptions/…`, unsubscribe: `${origin}/unsubscribe/…` };
  return {
    email: noticeEmail({ ...notice, links }),
    sms: noticeText({ ...notice, stopLink: `${origin}/u/…` }),
  };
}
