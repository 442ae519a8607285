import type { Route } from '../../shared/http/http-handler.ts';
import { json } from '../../shared/http/response.ts';
import { type ApiDeps, officerWho } from './deps.ts';

/** The force's data, and who asks. */
export function referenceReads(deps: Pick<ApiDeps, 'force' | 'origin' | 'verify'>): Route[] {
  const { force, origin } = deps;
  const list = (path: string, items: unknown[]): Route => ({
    method: 'GET',
    path,
    answer: () => json(200, { items, cursor: null }, { 'cache-control': 'public, max-age=300' }),
  });
  return [
    list(
      '/api/v1/districts',
      force.districts.map((district) => ({
        ...district,
        url: `${origin}/${district.id}`,
        calendarUrl: `${origin}/calendars/${district.id}.ics`,
      })),
    ),
    list('/api/v1/teams', force.teams),
    list('/api/v1/campaigns', force.campaigns),
    {
      method: 'GET',
      path: '/api/v1/me',
      answer: async (request) => {
        const { name, roles, districts } = await officerWho(request, deps);
        return json(200, { name, roles, districts });
      },
    },
  ];
}
