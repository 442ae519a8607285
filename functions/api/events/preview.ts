import * as z from 'zod';
import { changesBetween } from '../../../shared/bulletins/change.ts';
import { compose } from '../../../shared/bulletins/settling.ts';
import { calendarOf, groupsOf } from '../../../shared/calendars/calendar-groups.ts';
import { cancelled, postponed, published } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { noticeEmail } from '../../../shared/notices/notice-email.ts';
import { noticeText } from '../../../shared/notices/notice-text.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { type ApiRoute, jsonForm, type Operation, ok } from '../openapi/operation.ts';
import { type CountDeps, countNotices } from './count-notices.ts';
import { eventSeenBy, permit } from './load-event.ts';

const wanted = z.strictObject({
  action: z.enum(['publish', 'cancel', 'postpone']).optional(),
  reason: z.string().trim().max(500).default(''),
});

/** What a command would bring about: calendars, people told, cost and words. It sends and writes nothing. */
export function previewRoutes(deps: ApiDeps & CountDeps): ApiRoute[] {
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

  return [
    {
      method: 'POST',
      path: '/api/v1/events/{id}/preview',
      answer: preview,
      operation: operationAt(origin),
    },
  ];
}

const answer = z.strictObject({
  calendars: z.array(z.strictObject({ name: z.string(), url: z.url() })),
  notices: z.strictObject({
    email: z.int(),
    sms: z.int(),
    smsSegments: z.int(),
    estimatedCostPence: z.int(),
  }),
  text: z.strictObject({
    email: z.strictObject({ subject: z.string(), html: z.string(), text: z.string() }).optional(),
    sms: z.string().optional(),
  }),
});

const operationAt = (origin: string): Operation => ({
  id: 'previewEvent',
  summary: 'What publishing, cancelling or postponing it would bring about; sends and writes nothing',
  description:
    'Without `action` it is the next thing an officer would do: publish what is not, cancel what is.',
  about: 'Events',
  who: 'officer',
  body: { isOptional: true, forms: [jsonForm('PreviewInput', wanted, { action: 'publish' })] },
  answers: [
    ok(
      jsonForm('Preview', answer, {
        calendars: [{ name: 'All police events', url: `${origin}/calendars/all.ics` }],
        notices: { email: 1200, sms: 80, smsSegments: 80, estimatedCostPence: 320 },
        text: {},
      }),
    ),
  ],
  problems: [400, 401, 403, 404, 409, 413, 422],
});

/** Without a wish, the next thing an officer would do: publish what is not, cancel what is. */
function become(event: Event, { action, reason }: z.infer<typeof wanted>, now: Date): Event {
  const next = action ?? (event.status === 'published' ? 'cancel' : 'publish');
  if (next === 'publish') return published(event, now);
  return next === 'cancel' ? cancelled(event, reason, now) : postponed(event, reason, now);
}
