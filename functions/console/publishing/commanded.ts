import { type EventCommands, eventCommands } from '../../../shared/desk/event-commands.ts';
import { eventHistory } from '../../../shared/desk/event-history.ts';
import { eventOf } from '../../../shared/desk/event-sight.ts';
import type { Action } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { Stale } from '../../../shared/runtime/errors.ts';
import type { ConsoleDeps } from '../deps.ts';
import { historyShown } from '../events/history-shown.ts';
import { goTo, type Visit } from '../visit.ts';

export type Since = ReturnType<typeof historyShown>[];

export const donePath = ({ id, version }: Event) => `/console/events/${id}/done?version=${version}`;

/**
 * Runs a command on the version of an event that the officer had before them. A form that is sent twice does nothing
 * the second time. Who was overtaken sees what changed since, and decides again.
 */
export async function commanded(
  { request, form, officer }: Visit,
  deps: ConsoleDeps,
  {
    action,
    run,
    again,
  }: {
    action: Action;
    run: (commands: EventCommands, event: Event) => Promise<Event>;
    /** The page with the form once more, for the event as it is now. */
    again: (event: Event, since: Since) => Promise<HttpResponse>;
  },
): Promise<HttpResponse> {
  const id = request.params.id ?? '';
  const read = Number(form.get('version'));
  const commands = eventCommands(deps);
  try {
    return goTo(donePath(await run(commands, await commands.toChange(officer, id, [read]))));
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
  }
  const event = await eventOf(officer, id, deps);
  const since = (await eventHistory(id, deps)).filter(({ version }) => version > read);
  const first = since.at(-1);
  const isOwn = first?.version === read + 1 && first.action === action && first.by.id === officer.id;
  if (isOwn) return goTo(donePath({ ...event, version: first.version }));
  return again(
    event,
    since.map((version) => historyShown(version, deps.force)),
  );
}
