import type { Route } from '../../shared/http/http-handler.ts';
import { aboutRoutes } from './about/about.ts';
import { campaignRoutes } from './campaign/campaign.ts';
import type { Opened } from './deps.ts';
import { districtRoutes } from './district/district.ts';
import { embedRoutes } from './embed/embed.ts';
import { eventRoutes } from './event/event.ts';
import { findRoutes } from './find/find.ts';
import { homeRoutes } from './home/home.ts';
import { listing } from './look/listing.ts';
import { type PagesDeps, pages } from './look/pages.ts';
import { machineRoutes } from './machines/machines.ts';
import { problemOn } from './problems/problem.ts';

/** The pages that are the same for everybody. */
export function publicRoutes(opened: Opened): Route[] {
  const made = pages(opened);
  const deps = { ...opened, pages: made, listing: listing({ ...opened, picture: made.picture }) };
  return [
    ...homeRoutes(deps),
    ...findRoutes(deps),
    ...eventRoutes(deps),
    ...campaignRoutes(deps),
    ...aboutRoutes(deps),
    ...embedRoutes(deps),
    ...machineRoutes(deps),
    ...districtRoutes(deps),
  ];
}

/** A page for an error, with a way on. */
export const problemPage = (deps: PagesDeps, error: unknown) => problemOn(pages(deps), error);
