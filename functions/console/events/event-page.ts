import { eventHistory } from '../../../shared/desk/event-history.ts';
import { eventSeenBy } from '../../../shared/desk/event-sight.ts';
import { mayAct } from '../../../shared/identity/officer.ts';
import { longDate } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { ConsoleRoute, Visit } from '../visit.ts';
import { datesShown } from './dates-shown.ts';
import { actionsOn } from './event-actions.ts';
import template from './event-page.njk';
import { factsOf } from './facts.ts';
import { historyShown } from './history-shown.ts';
import { warningsFor } from './warnings.ts';

/** What an event is, what can be done with it, and what was. */
export function eventPageRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  async function show({ request, officer, page }: Visit) {
    const event = await eventSeenBy(officer, request.params.id ?? '', deps);
    const isMine = mayAct(officer, event.districts);
    const versions = isMine ? await eventHistory(event.id, deps) : [];
    const isPlanned = event.status !== 'cancelled' && event.status !== 'completed';
    return page(template, {
      title: event.title,
      event,
      facts: factsOf(event, deps.force),
      actions: isMine ? actionsOn(event, officer, deps.now()) : [],
      isMine,
      isSaved: request.query.has('saved'),
      warnings: isMine && isPlanned ? await warningsFor(event, officer, deps) : [],
      goesOn: event.continued && {
        from: longDate(event.continued.from),
        href: `/console/events/${event.continued.id}`,
      },
      before: event.continues?.at(-1) && `/console/events/${event.continues.at(-1)}`,
      dates: event.recurrence ? datesShown(event, deps.force) : [],
      history: versions.map((version) => historyShown(version, deps.force)),
      isPublic: event.audience === 'public' && event.publishedAt !== undefined,
    });
  }
  return [{ method: 'GET', path: '/console/events/{id}', answer: show }];
}
