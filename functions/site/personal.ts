import type { Route } from '../../shared/http/http-handler.ts';
import type { PersonalPageDeps } from './deps.ts';
import { leaveRoutes } from './leave/leave.ts';
import { manageRoutes } from './manage/manage.ts';
import { confirmRoutes } from './subscribe/confirm.ts';
import { subscribeRoutes } from './subscribe/subscribe.ts';

/** The pages of one person: asking to be told, changing it, stopping it. */
export const personalRoutes = (deps: PersonalPageDeps): Route[] => [
  ...subscribeRoutes(deps),
  ...confirmRoutes(deps),
  ...manageRoutes(deps),
  ...leaveRoutes(deps),
];
