import { httpHandler } from '../../shared/http/http-handler.ts';
import { problemResponse } from '../../shared/http/problem.ts';
import type { ApiDeps } from './deps.ts';
import type { CountDeps } from './events/count-notices.ts';
import { eventCommands } from './events/event-commands.ts';
import { eventReads } from './events/event-reads.ts';
import { previewRoutes } from './events/preview.ts';
import { importRoutes } from './imports/import-routes.ts';
import { referenceReads } from './reference-reads.ts';
import { subscriptionRoutes } from './subscriptions/subscription-routes.ts';

/** The JSON API, all of it. */
export const api = (deps: ApiDeps & CountDeps & Parameters<typeof subscriptionRoutes>[0]) =>
  httpHandler(
    [
      ...referenceReads(deps),
      ...eventReads(deps),
      ...eventCommands(deps),
      ...previewRoutes(deps),
      ...importRoutes(deps),
      ...subscriptionRoutes(deps),
    ],
    problemResponse,
  );
