import * as z from 'zod';
import { eventHistory } from '../../../shared/desk/event-history.ts';
import { eventSeenBy } from '../../../shared/desk/event-sight.ts';
import { isPublic } from '../../../shared/events/event.ts';
import { kinds } from '../../../shared/events/event-terms.ts';
import { addDays, toInstant } from '../../../shared/events/zone-time.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { maySee } from '../../../shared/identity/officer.ts';
import { type ApiDeps, officerIfAny, officerWho } from '../deps.ts';
import { cursorOf, dateRange, inOrder, listQuery, placeOf } from '../list-query.ts';
import type { ApiRoute } from '../openapi/operation.ts';
import { historyOperation, listOperation, readOperation } from './event-operations.ts';
import { eventResponse, shown } from './show-event.ts';

/** GET of one event, of lists, and of an event's history. */
export function eventReads(deps: ApiDeps): ApiRoute[] {
  const { events, force, origin, now } = deps;

  const query = listQuery.extend({
    ...dateRange,
    district: z
      .string()
      .refine((id) => force.district.has(id), 'is not a district of this force')
      .optional(),
    campaign: z
      .string()
      .refine((id) => force.campaign.has(id), 'is not a campaign of this force')
      .optional(),
    kind: z.enum(kinds).optional(),
    scope: z
      .enum(['officer'])
      .optional()
      .meta({ description: 'With a token: drafts and what is not public of the own districts, too' }),
  });

  async function list(request: HttpRequest) {
    const { district, campaign, kind, from, to, scope, limit, cursor } = accept(
      query.superRefine(inOrder),
      Object.fromEntries(request.query),
    );
    const officer = scope === 'officer' ? await officerWho(request, deps) : undefined;
    const midnight = (date: string) => toInstant(`${date}T00:00`, force.timeZone);
    const page = await events.list({
      district,
      campaign,
      kind,
      limit,
      cursor: cursor && placeOf(cursor),
      isVisible: (event) => isPublic(event) || (officer !== undefined && maySee(officer, event)),
      ...(from ? { startsFrom: midnight(from) } : { from: now() }),
      ...(to ? { startsBefore: midnight(addDays(to, 1)) } : {}),
    });
    return json(200, {
      items: page.items.map((event) => shown(event, origin, officer)),
      cursor: page.cursor ? cursorOf(page.cursor) : null,
    });
  }

  async function one(request: HttpRequest) {
    const officer = await officerIfAny(request, deps);
    const event = await eventSeenBy(officer, request.params.id ?? '', deps);
    return eventResponse(200, event, origin, { officer });
  }

  async function history(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    const event = await eventSeenBy(officer, request.params.id ?? '', deps);
    const versions = await eventHistory(event.id, deps);
    return json(200, {
      items: versions.map((version) => ({ ...version, by: version.by.name })),
      cursor: null,
    });
  }

  return [
    { method: 'GET', path: '/api/v1/events', answer: list, operation: listOperation(query, deps) },
    { method: 'GET', path: '/api/v1/events/{id}', answer: one, operation: readOperation(deps) },
    {
      method: 'GET',
      path: '/api/v1/events/{id}/history',
      answer: history,
      operation: historyOperation(deps),
    },
  ];
}
