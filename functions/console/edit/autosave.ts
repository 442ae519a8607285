import type { Event } from '../../../shared/events/event.ts';
import { problemOf } from '../../../shared/http/problem.ts';
import { type HttpResponse, json } from '../../../shared/http/response.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import type { Visit } from '../visit.ts';
import { faultsShown } from './faults-shown.ts';

/** Sent by the script of the page, which goes on where it is. */
export const isAutosave = ({ form }: Visit) => form.get('autosave') === 'yes';

/** What the script needs to save the same draft again. */
export const autosaved = ({ id, version }: Event): HttpResponse =>
  json(200, { address: `/console/events/${id}/edit`, version });

export function refused(error: unknown): HttpResponse {
  const { status, detail } = problemOf(error);
  const errors = error instanceof Invalid ? faultsShown(error).errors.map(({ text }) => text) : [];
  return json(status, { detail, errors });
}
