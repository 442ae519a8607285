import type { EventCommands } from '../../../shared/desk/event-commands.ts';
import { eventOf, type VersionRead } from '../../../shared/desk/event-sight.ts';
import type { Event } from '../../../shared/events/event.ts';
import { PreconditionRequired } from '../../../shared/http/problem.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { Officer } from '../../../shared/identity/officer.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { eventResponse } from './show-event.ts';

export type EventCommand = (officer: Officer, event: Event, request: HttpRequest) => Promise<Event>;

/** A command on one event, as If-Match says it was read; it answers the event it gives. */
export const changing =
  (deps: ApiDeps, commands: Pick<EventCommands, 'toChange'>) =>
  (command: EventCommand, status = 200) =>
  async (request: HttpRequest) => {
    const officer = await officerWho(request, deps);
    const id = request.params.id ?? '';
    const matches = request.header('if-match');
    if (!matches) {
      await eventOf(officer, id, deps);
      throw new PreconditionRequired('Send If-Match with the ETag of the event you read');
    }
    const event = await commands.toChange(officer, id, versionsIn(matches));
    const next = await command(officer, event, request);
    const headers = status === 201 ? { location: `/api/v1/events/${next.id}` } : undefined;
    return eventResponse(status, next, deps.origin, { officer, headers });
  };

/** The versions that an If-Match names; what is no version of ours matches none. */
const versionsIn = (matches: string): VersionRead[] =>
  matches.split(',').map((each) => {
    const tag = each.trim().replace(/^W\//, '');
    return tag === '*' ? 'any' : Number(/^"([1-9]\d*)"$/.exec(tag)?.[1] ?? Number.NaN);
  });
