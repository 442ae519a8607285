import { z } from 'zod';
import { isPublic, kinds } from '../../../shared/events/event.ts';
import { addDays, toInstant } from '../../../shared/events/zone-time.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { maySee } from '../../../shared/identity/officer.ts';
import { type ApiDeps, officerIfAny, officerWho } from '../deps.ts';
import { cursorOf, listQuery, placeOf } from '../list-query.ts';
import { eventSeenBy } from './load-event.ts';
import { eventResponse, shown } from './show-event.ts';

/** GET of one event, of lists, and of an event's history. */
export function eventReads(deps: ApiDeps): Route[] {
  const { events, force, origin, now } = deps;

  const query = listQuery.extend({
    district: z
      .string()
      .refine((id) => force.district.has(id), 'is not a district of this force')
      .optional(),
    campaign: z
      .string()
      .refine((id) => force.campaign.has(id), 'is not a campaign of this force')
      .optional(),
    kind: z.enum(kinds).optional(),
    from: z.iso.date('must be a date such as 2027-01-25').optional(),
    to: z.iso.date('must be a date such as 2027-01-25').optional(),
    scope: z.enum(['officer']).optional(),
  });

  async function list(request: HttpRequest) {
    const { district, campaign, kind, from, to, scope, limit, cursor } = accept(
      query,
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
      items: page.items.map((event) => shown(event, origin)),
      cursor: page.cursor ? cursorOf(page.cursor) : null,
    });
  }

  async function one(request: HttpRequest) {
    const event = await eventSeenBy(await officerIfAny(request, deps), request.params.id ?? '', deps);
    return eventResponse(200, event, origin);
  }

  async function history(request: HttpRequest) {
    const officer = await officerWho(request, deps);
    const event = await eventSeenBy(officer, request.params.id ?? '', deps);
    const bulletins = await deps.bulletins.causedBy(event.id);
    const versions = await events.history(event.id);
    return json(200, {
      items: versions.map((version) => ({
        ...version,
        by: version.by.name,
        bulletins: bulletins.filter((bulletin) => bulletin.version === version.version),
      })),
      cursor: null,
    });
  }

  return [
    { method: 'GET', path: '/api/v1/events', answer: list },
    { method: 'GET', path: '/api/v1/events/{id}', answer: one },
    { method: 'GET', path: '/api/v1/events/{id}/history', answer: history },
  ];
}
