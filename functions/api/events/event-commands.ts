import { createHash } from 'node:crypto';
import * as z from 'zod';
import {
  type Action,
  cancelled,
  completed,
  draftOf,
  edit,
  postponed,
  published,
  revised,
} from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { readOnlyMembers } from '../../../shared/events/event-input.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import type { ApiRoute } from '../openapi/operation.ts';
import { checkedInput } from './checked-input.ts';
import { commandOperation, createOperation, replaceOperation } from './event-operations.ts';
import { eventToChange, permit } from './load-event.ts';
import { eventResponse } from './show-event.ts';

const DAY = 86_400_000;

const reason = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1, 'must say why, in the public’s words')
    .max(500, 'must be 500 characters or fewer'),
});
const outcome = z.strictObject({
  attendance: z.int().min(0, 'must be 0 or more').max(1_000_000),
  notes: z.string().trim().max(5000).default(''),
});

/** POST, PUT and what moves an event from one status to another. */
export function eventCommands(deps: ApiDeps): ApiRoute[] {
  const { events, force, origin, now, newId } = deps;
  const input = checkedInput(force);

  const read = (request: HttpRequest) => accept(input, withoutReadOnly(request.json()));

  async function create(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    const key = request.header('idempotency-key');
    const said = read(request);
    permit(officer, said.districts);
    const idempotency = key
      ? {
          key: `${officer.id}#${hash(key)}`,
          fingerprint: hash(JSON.stringify(said)),
          until: new Date(now().getTime() + DAY),
        }
      : undefined;
    const earlier = idempotency && (await events.remembered(idempotency.key, now()));
    if (idempotency && earlier) {
      if (earlier.fingerprint !== idempotency.fingerprint)
        throw new Invalid([
          { pointer: '', message: 'was another one when this Idempotency-Key was first used' },
        ]);
      const made = await events.get(earlier.eventId);
      if (made) return created(made);
    }
    const event = draftOf(said, newId(), now());
    await events.save(
      edit(undefined, event, { by: officer, action: 'create', now: now(), newId }),
      idempotency,
    );
    return created(event);
  }

  const created = (event: Event) =>
    eventResponse(201, event, origin, { location: `/api/v1/events/${event.id}` });

  /** A command on one event: who, which, what it becomes. */
  const change =
    (
      action: Action,
      become: (event: Event, request: HttpRequest) => Event,
      noted?: (request: HttpRequest) => string,
    ) =>
    async (request: HttpRequest) => {
      const officer = await officerWho(request, deps);
      const previous = await eventToChange(officer, request, deps);
      const event = become(previous, request);
      permit(officer, event.districts);
      const notes = noted?.(request) || undefined;
      await events.save(edit(previous, event, { by: officer, action, now: now(), newId, notes }));
      return eventResponse(200, event, origin);
    };

  const command = (
    name: 'publish' | 'cancel' | 'postpone' | 'complete',
    become: (event: Event, request: HttpRequest) => Event,
    body?: { schema: z.ZodType; example: unknown },
    noted?: (request: HttpRequest) => string,
  ): ApiRoute => ({
    method: 'POST',
    path: `/api/v1/events/{id}/${name}`,
    answer: change(name, become, noted),
    operation: commandOperation(name, deps, body),
  });
  const why = { schema: reason, example: { reason: 'The hall is flooded' } };
  const came = (request: HttpRequest) => accept(outcome, request.json());
  const said = (request: HttpRequest) => accept(reason, request.json()).reason;

  return [
    {
      method: 'POST',
      path: '/api/v1/events',
      answer: create,
      operation: createOperation(input, deps),
    },
    {
      method: 'PUT',
      path: '/api/v1/events/{id}',
      answer: change('edit', (event, request) => revised(event, read(request), now())),
      operation: replaceOperation(input, deps),
    },
    command('publish', (event) => published(event, now())),
    command('cancel', (event, request) => cancelled(event, said(request), now()), why),
    command('postpone', (event, request) => postponed(event, said(request), now()), why),
    command(
      'complete',
      (event, request) => completed(event, came(request).attendance, now()),
      { schema: outcome, example: { attendance: 120, notes: 'Ran out of leaflets' } },
      (request) => came(request).notes,
    ),
  ];
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

const withoutReadOnly = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(
        Object.entries(body).filter(([member]) => !(readOnlyMembers as readonly string[]).includes(member)),
      )
    : body;
