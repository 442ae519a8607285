import * as z from 'zod';
import type { CountDeps } from '../../../shared/desk/count-notices.ts';
import { eventOf } from '../../../shared/desk/event-sight.ts';
import { preview } from '../../../shared/desk/preview.ts';
import { cancelled, postponed, published } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { accept } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { type ApiRoute, jsonForm, type Operation, ok } from '../openapi/operation.ts';

const wanted = z.strictObject({
  action: z.enum(['publish', 'cancel', 'postpone']).optional(),
  reason: z.string().trim().max(500).default(''),
});

/** What a command would bring about: calendars, people told, cost and words. It sends and writes nothing. */
export const previewRoutes = (deps: ApiDeps & CountDeps): ApiRoute[] => [
  {
    method: 'POST',
    path: '/api/v1/events/{id}/preview',
    answer: async (request) => {
      const officer = await officerWho(request, deps);
      const event = await eventOf(officer, request.params.id ?? '', deps);
      const asked = accept(wanted, request.bytes().length ? request.json() : {});
      const { calendars, notices, text } = await preview(event, become(event, asked, deps.now()), deps);
      return json(200, { calendars, notices, text });
    },
    operation: operationAt(deps.origin),
  },
];

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
