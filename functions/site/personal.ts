import type { Route } from '../../shared/http/http-handler.ts';
import type { Opened, PersonalDeps } from './deps.ts';
import { previewRoutes } from './event/preview.ts';
import { leaveRoutes } from './leave/leave.ts';
import { pages } from './look/pages.ts';
import { manageRoutes } from './manage/manage.ts';
import { standInRoutes } from './manage/stand-in.ts';
import { confirmRoutes } from './subscribe/confirm.ts';
import { subscribeRoutes } from './subscribe/subscribe.ts';

/** The pages of one person: asking to be told, changing it, stopping it; and what an officer looks at before it is published. */
export function personalRoutes(opened: Opened & PersonalDeps): Route[] {
  const deps = { ...opened, pages: pages(opened) };
  return [
    ...subscribeRoutes(deps),
    ...confirmRoutes(deps),
    ...manageRoutes(deps),
    ...standInRoutes(deps),
    ...leaveRoutes(deps),
    ...previewRoutes(deps),
  ];
}
