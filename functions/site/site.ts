import { httpHandler } from '../../shared/http/http-handler.ts';
import { aboutRoutes } from './about/about.ts';
import { campaignRoutes } from './campaign/campaign.ts';
import type { PageDeps, SiteDeps } from './deps.ts';
import { districtRoutes } from './district/district.ts';
import { embedRoutes } from './embed/embed.ts';
import { english } from './english.ts';
import { eventRoutes } from './event/event.ts';
import { findRoutes } from './find/find.ts';
import { homeRoutes } from './home/home.ts';
import { leaveRoutes } from './leave/leave.ts';
import { assetRoutes } from './look/look.ts';
import { pages } from './look/pages.ts';
import { machineRoutes } from './machines/machines.ts';
import { manageRoutes } from './manage/manage.ts';
import { problemPage } from './problems/problem.ts';
import { subscribeRoutes } from './subscribe/subscribe.ts';

/** The residents' pages. */
export function site(deps: SiteDeps & { edgeProof?: string }) {
  const all: PageDeps = { ...deps, pages: pages({ ...deps, words: english }) };
  const routes = [
    ...assetRoutes,
    ...homeRoutes(all),
    ...findRoutes(all),
    ...eventRoutes(all),
    ...campaignRoutes(all),
    ...subscribeRoutes(all),
    ...manageRoutes(all),
    ...leaveRoutes(all),
    ...aboutRoutes(all),
    ...embedRoutes(all),
    ...machineRoutes(all),
    // Last: a district may have any name that is not one of the above.
    ...districtRoutes(all),
  ];
  return httpHandler(routes, { onError: problemPage(all.pages), edgeProof: deps.edgeProof });
}
