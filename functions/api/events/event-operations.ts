import * as z from 'zod';
import type { CheckedInput } from '../../../shared/desk/checked-input.ts';
import { youSaidWeDid } from '../../../shared/desk/event-commands.ts';
import { actions } from '../../../shared/events/edit-event.ts';
import { type Answer, jsonForm, listExample, listOf, type Operation, ok } from '../openapi/operation.ts';
import { exampleEvent, exampleInput, type Setting, shownEvent } from './event-schema.ts';

/** What the API's document says of each route to events. */

const about = 'Events';

const eventForm = (setting: Setting) => jsonForm('Event', shownEvent, exampleEvent(setting));
export const eventAnswer = (setting: Setting, description: string): Answer =>
  ok(eventForm(setting), description, ['ETag']);

/** One line of an event's history. */
export const version = z.strictObject({
  version: z.int(),
  at: z.iso.datetime(),
  by: z.string().meta({ description: 'The name of who did it' }),
  action: z.enum(actions),
  /** What an officer noted, for officers only. */
  notes: z.string().optional(),
  changes: z.array(
    z.strictObject({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
  ),
  bulletins: z
    .array(
      z.strictObject({
        id: z.string(),
        at: z.iso.datetime().optional(),
        district: z.string(),
        version: z.int(),
        what: z.enum(['published', 'moved', 'postponed', 'cancelled', 'withdrawn']),
        email: z.int().meta({ description: 'E-mails sent' }),
        sms: z.int().meta({ description: 'Texts sent' }),
      }),
    )
    .meta({ description: 'What residents were told because of it' }),
});

export const listOperation = (query: z.ZodObject, setting: Setting): Operation => ({
  id: 'listEvents',
  summary: 'Events by start, now and later unless `from` says otherwise',
  about,
  who: 'either',
  query,
  answers: [ok(jsonForm('EventList', listOf(shownEvent), listExample(exampleEvent(setting))))],
  problems: [401, 422],
});

export const readOperation = (setting: Setting): Operation => ({
  id: 'getEvent',
  summary: 'One event',
  description: 'A draft, or an event that is not public, is 404 without the right token.',
  about,
  who: 'either',
  answers: [eventAnswer(setting, 'The event')],
  problems: [401, 404],
});

export const historyOperation = (setting: Setting): Operation => ({
  id: 'getEventHistory',
  summary: 'Who changed what and when, and who was told',
  about,
  who: 'officer',
  answers: [
    ok(
      jsonForm(
        'EventHistory',
        listOf(version),
        listExample({
          version: 2,
          at: exampleEvent(setting).updatedAt,
          by: 'Sam Example',
          action: 'publish',
          changes: [{ field: 'status', before: 'draft', after: 'published' }],
          bulletins: [],
        }),
      ),
      'Versions, newest first',
    ),
  ],
  problems: [401, 404],
});

const inputBody = (input: CheckedInput, setting: Setting) => ({
  forms: [jsonForm('EventInput', input, exampleInput(setting))],
});

export const createOperation = (input: CheckedInput, setting: Setting): Operation => ({
  id: 'createEvent',
  summary: 'A new draft',
  about,
  who: 'officer',
  headers: ['Idempotency-Key'],
  body: inputBody(input, setting),
  answers: [{ ...eventAnswer(setting, 'The draft'), status: 201, headers: ['ETag', 'Location'] }],
  problems: [400, 401, 403, 409, 413, 422],
});

export const replaceOperation = (input: CheckedInput, setting: Setting): Operation => ({
  id: 'replaceEvent',
  summary: 'All that an officer may write, at once',
  description: 'Members that only the system writes may be sent along and are ignored.',
  about,
  who: 'officer',
  headers: ['If-Match'],
  body: inputBody(input, setting),
  answers: [eventAnswer(setting, 'The event as it is now')],
  problems: [400, 401, 403, 404, 409, 412, 413, 422, 428],
});

export const outcomeOperation = (setting: Setting): Operation => ({
  id: 'putEventOutcome',
  summary: 'What was raised at an event and what was done about it',
  description: 'It stands on the event’s page once it is published. Nobody is told of it.',
  about,
  who: 'officer',
  headers: ['If-Match'],
  body: {
    forms: [
      jsonForm('YouSaidWeDid', youSaidWeDid, {
        raised: 'Cars race along the seafront on Friday nights.',
        did: 'We stop and check cars there every Friday until May.',
        isPublished: true,
      }),
    ],
  },
  answers: [eventAnswer(setting, 'The event as it is now')],
  problems: [400, 401, 403, 404, 409, 412, 413, 422, 428],
});

const commands = {
  publish: { summary: 'Shows a draft, or a postponed event, to its audience', named: undefined },
  cancel: { summary: 'Calls an event off, and tells those who were told of it', named: 'Reason' },
  postpone: { summary: 'Puts an event off until a time not known yet', named: 'Reason' },
  complete: { summary: 'Closes an event that has started, with how many came', named: 'Outcome' },
} as const;

export function commandOperation(
  name: keyof typeof commands,
  setting: Setting,
  body?: { schema: z.ZodType; example: unknown },
): Operation {
  const { summary, named } = commands[name];
  return {
    id: `${name}Event`,
    summary,
    about,
    who: 'officer',
    headers: ['If-Match'],
    body: body && named && { forms: [jsonForm(named, body.schema, body.example)] },
    answers: [eventAnswer(setting, 'The event as it is now')],
    problems: [...(body ? [400, 413, 422] : []), 401, 403, 404, 409, 412, 428],
  };
}
