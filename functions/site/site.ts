import { httpHandler } from '../../shared/http/http-handler.ts';
import { aboutRoutes } from './about/about.ts';
import { campaignRoutes } from './campaign/campaign.ts';
import type { PageDeps, SiteDeps } from './deps.ts';
import { districtRoutes } from './district/district.ts';
import { embedRoutes } from './embed/embed.ts';
import { eventRoutes } from './event/event.ts';
import { findRoutes } from './find/find.ts';
import { homeRoutes } from './home/home.ts';
import { type Languages, wordsIn } from './languages.ts';
import { lookOf } from './look/look.ts';
import { pages } from './look/pages.ts';
import { machineRoutes } from './machines/machines.ts';
import { problemPage } from './problems/problem.ts';
import { whenAsked } from './when-asked.ts';

/** The residents' pages. */
export function site(deps: SiteDeps & { edgeProof?: string; languages?: Languages }) {
  const words = wordsIn(deps.force.language, deps.languages);
  const look = lookOf(deps.force, deps.picture);
  const all: PageDeps = { ...deps, pages: pages({ ...deps, words, look }) };
  const routes = [
    ...look.routes,
    ...homeRoutes(all),
    ...findRoutes(all),
    ...eventRoutes(all),
    ...campaignRoutes(all),
    ...whenAsked(personalAddresses, async () => {
      const [{ personalRoutes }, stores] = await Promise.all([import('./personal.ts'), deps.personal()]);
      return personalRoutes({ ...all, ...stores });
    }),
    ...aboutRoutes(all),
    ...embedRoutes(all),
    ...machineRoutes(all),
    // Last: a district may have any name that is not one of the above.
    ...districtRoutes(all),
  ];
  return httpHandler(routes, { onError: problemPage(all.pages), edgeProof: deps.edgeProof });
}

const personalAddresses = Object.entries({
  '/subscribe': ['GET', 'POST'] as const,
  '/subscribe/address': ['GET', 'POST'] as const,
  '/subscribe/districts': ['POST'] as const,
  '/subscribe/check': ['POST'] as const,
  '/subscribe/code': ['POST'] as const,
  '/subscribe/confirm/{token}': ['GET', 'POST'] as const,
  '/subscriptions/{manageToken}': ['GET', 'POST'] as const,
  '/unsubscribe/{token}': ['GET', 'POST'] as const,
  '/u/{token}': ['GET', 'POST'] as const,
}).flatMap(([path, methods]) => methods.map((method) => ({ method, path })));
