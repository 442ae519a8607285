import type { CountDeps } from '../../shared/desk/count-notices.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { problemResponse } from '../../shared/http/problem.ts';
import type { KnownOfficersDeps } from '../../shared/identity/known-officers.ts';
import { auditRoute } from './audit/audit.ts';
import type { ApiDeps } from './deps.ts';
import { eventCommands } from './events/event-commands.ts';
import { eventReads } from './events/event-reads.ts';
import { previewRoutes } from './events/preview.ts';
import { seriesRoutes } from './events/series-routes.ts';
import { importRoutes } from './imports/import-routes.ts';
import { meRoute, replaceCalendarRoute } from './officers/me.ts';
import { privateCalendar } from './officers/private-calendar.ts';
import { withDocument } from './openapi/openapi-route.ts';
import { policeUk } from './police-uk/police-uk.ts';
import { referenceReads } from './reference-reads.ts';
import { dashboardRoute } from './reports/dashboard-report.ts';
import { engagementRoute } from './reports/engagement.ts';
import { subscriptionRoutes } from './subscriptions/subscription-routes.ts';

type Deps = ApiDeps &
  Parameters<typeof dashboardRoute>[0] &
  CountDeps &
  KnownOfficersDeps &
  Parameters<typeof subscriptionRoutes>[0];

/** The JSON API, all of it, with the document that describes it. */
export const apiRoutes = (deps: Deps) =>
  withDocument(
    [
      ...referenceReads(deps),
      ...eventReads(deps),
      ...eventCommands(deps),
      ...seriesRoutes(deps),
      ...previewRoutes(deps),
      ...importRoutes(deps),
      ...subscriptionRoutes(deps),
      meRoute(deps),
      replaceCalendarRoute(deps),
      privateCalendar(deps),
      engagementRoute(deps),
      dashboardRoute(deps),
      auditRoute(deps),
      policeUk(deps),
    ],
    deps,
  );

export const api = (deps: Deps & { edgeProof?: string }) =>
  httpHandler(apiRoutes(deps), { onError: problemResponse, edgeProof: deps.edgeProof });
