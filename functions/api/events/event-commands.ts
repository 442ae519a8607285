import type * as z from 'zod';
import { checkedInput } from '../../../shared/desk/checked-input.ts';
import {
  eventCommands as commandsOf,
  outcomeGiven,
  reasonGiven,
  youSaidWeDid,
} from '../../../shared/desk/event-commands.ts';
import { readOnlyMembers } from '../../../shared/events/event-input.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import type { ApiRoute } from '../openapi/operation.ts';
import { changing, type EventCommand } from './changing.ts';
import { commandOperation, createOperation, outcomeOperation, replaceOperation } from './event-operations.ts';
import { eventResponse } from './show-event.ts';

/** POST, PUT and what moves an event from one status to another. */
export function eventCommands(deps: ApiDeps): ApiRoute[] {
  const { force, origin } = deps;
  const commands = commandsOf(deps);
  const input = checkedInput(force);
  const read = (request: HttpRequest) => accept(input, withoutReadOnly(request.json()));

  async function create(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    const event = await commands.create(officer, read(request), request.header('idempotency-key'));
    return eventResponse(201, event, origin, {
      officer,
      headers: { location: `/api/v1/events/${event.id}` },
    });
  }

  const change = changing(deps, commands);

  const command = (
    name: 'publish' | 'cancel' | 'postpone' | 'complete',
    run: EventCommand,
    body?: { schema: z.ZodType; example: unknown },
  ): ApiRoute => ({
    method: 'POST',
    path: `/api/v1/events/{id}/${name}`,
    answer: change(run),
    operation: commandOperation(name, deps, body),
  });
  const why = { schema: reasonGiven, example: { reason: 'The hall is flooded' } };
  const said = (request: HttpRequest) => accept(reasonGiven, request.json()).reason;

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
      answer: change((officer, event, request) => commands.replace(officer, event, read(request))),
      operation: replaceOperation(input, deps),
    },
    {
      method: 'PUT',
      path: '/api/v1/events/{id}/outcome',
      answer: change((officer, event, request) =>
        commands.outcome(officer, event, accept(youSaidWeDid, request.json())),
      ),
      operation: outcomeOperation(deps),
    },
    command('publish', (officer, event) => commands.publish(officer, event)),
    command('cancel', (officer, event, request) => commands.cancel(officer, event, said(request)), why),
    command('postpone', (officer, event, request) => commands.postpone(officer, event, said(request)), why),
    command(
      'complete',
      (officer, event, request) => commands.complete(officer, event, accept(outcomeGiven, request.json())),
      { schema: outcomeGiven, example: { attendance: 120, notes: 'Ran out of leaflets' } },
    ),
  ];
}

const withoutReadOnly = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(
        Object.entries(body).filter(([member]) => !(readOnlyMembers as readonly string[]).includes(member)),
      )
    : body;
