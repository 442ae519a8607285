import { uploadDesk } from '../../../shared/imports/upload-desk.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { ConsoleRoute } from '../visit.ts';
import { brokenRowsRoute } from './broken-rows.ts';
import { confirmRoutes } from './confirm.ts';
import { lookRoute } from './look.ts';
import { repairRoutes } from './repair.ts';
import { startRoutes } from './start.ts';

/** A whole week of events out of a file: chosen, looked at, repaired, imported, and taken back. */
export function importRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const desk = uploadDesk(deps);
  return [
    ...startRoutes(deps, desk),
    brokenRowsRoute(desk),
    ...confirmRoutes(deps, desk),
    ...repairRoutes(deps, desk),
    lookRoute(deps, desk),
  ];
}
