import { changesBetween } from '../bulletins/change.ts';
import { compose } from '../bulletins/settling.ts';
import { calendarOf, groupsOf } from '../calendars/calendar-groups.ts';
import type { Event } from '../events/event.ts';
import { noticeEmail } from '../notices/notice-email.ts';
import { noticeText } from '../notices/notice-text.ts';
import { type CountDeps, countNotices } from './count-notices.ts';

type Deps = CountDeps & { origin: string; newId: () => string };

/**
 * What it would bring about if an event became the next: its calendars, the people told, what that costs, and the
 * words they would read. It sends and writes nothing.
 */
export async function preview(event: Event, next: Event, deps: Deps) {
  const { force, origin, now } = deps;
  const changes = changesBetween(event, next, { now: now(), newId: deps.newId, imported: false });
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
    text: wordsOf(next, changes, deps),
  };
}

type Changes = ReturnType<typeof changesBetween>;

async function toldOf(district: string, event: Event, changes: Changes, deps: Deps) {
  const { now } = deps;
  const entries = compose(changes, new Map([[event.id, event]]), now());
  if (!entries.length) return { email: 0, sms: 0 };
  return countNotices({ id: 'preview', district, at: now().toISOString(), entries }, deps);
}

function wordsOf(event: Event, changes: Changes, { force, origin, now }: Deps) {
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
