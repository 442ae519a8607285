import { z } from 'zod';
import { changesBetween } from '../../../shared/bulletins/change.ts';
import { compose } from '../../../shared/bulletins/settling.ts';
import { calendarOf, groupsOf } from '../../../shared/calendars/calendar-groups.ts';
import { cancelled, postponed, published } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { noticeEmail } from '../../../shared/notices/notice-email.ts';
import { noticeText } from '../../../shared/notices/notice-text.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { type CountDeps, countNotices } from './count-notices.ts';
import { eventSeenBy, permit } from './load-event.ts';

const wanted = z.strictObject({
  action: z.enum(['publish', 'cancel', 'postpone']).optional(),
  reason: z.string().trim().max(500).default(''),
});

/** What a command would bring about: calendars, people told, cost and words. It sends and writes nothing. */
export function previewRoutes(deps: ApiDeps & CountDeps): Route[] {
  const { force, origin, now } = deps;

  async function preview(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    const event = await eventSeenBy(officer, request.params.id ?? '', deps);
    permit(officer, event.districts);
    const asked = accept(wanted, request.bytes().length ? request.json() : {});
    const next = become(event, asked, now());
    const changes = changesBetween(event, next, { now: now(), newId: deps.newId, imported: false });
    const perDistrict = await Promise.all(changes.map((change) => told(change.district, next, [change])));
    const email = perDistrict.reduce((sum, count) => sum + count.email, 0);
    const sms = perDistrict.reduce((sum, count) => sum + count.sms, 0);
    return json(200, {
      calendars: groupsOf(next).flatMap((group) => {
        const calendar = calendarOf(group, force);
        return calendar ? [{ name: calendar.name, url: `${origin}/calendars/${group}.ics` }] : [];
      }),
      // A notice by text is always one segment.
      notices: { email, sms, smsSegments: sms, estimatedCostPence: Math.ceil(sms * force.senders.textPence) },
      text: wordsOf(next, changes),
    });
  }

  async function told(district: string, event: Event, changes: ReturnType<typeof changesBetween>) {
    const entries = compose(changes, new Map([[event.id, event]]), now());
    if (!entries.length) return { email: 0, sms: 0 };
    return countNotices({ id: 'preview', district, at: now().toISOString(), entries }, deps);
  }

  function wordsOf(event: Event, changes: ReturnType<typeof changesBetween>) {
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

  return [{ method: 'POST', path: '/api/v1/events/{id}/preview', answer: preview }];
}

/** Without a wish, the next thing an officer would do: publish what is not, cancel what is. */
function become(event: Event, { action, reason }: z.infer<typeof wanted>, now: Date): Event {
  const next = action ?? (event.status === 'published' ? 'cancel' : 'publish');
  if (next === 'publish') return published(event, now);
  return next === 'cancel' ? cancelled(event, reason, now) : postponed(event, reason, now);
}
