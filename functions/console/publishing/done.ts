import { eventHistory } from '../../../shared/desk/event-history.ts';
import { eventOf } from '../../../shared/desk/event-sight.ts';
import { preview } from '../../../shared/desk/preview.ts';
import { type Action, stateBefore, type Version } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import type { ConsoleDeps } from '../deps.ts';
import { historyShown } from '../events/history-shown.ts';
import type { ConsoleRoute, Visit } from '../visit.ts';
import template from './done.njk';
import { tellingWords } from './telling.ts';

const titles: Partial<Record<Action, string>> = {
  publish: 'It is published',
  cancel: 'It is cancelled',
  postpone: 'It is postponed',
};

/** What a command did, and what happens next. */
export function doneRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  async function show({ request, officer, page }: Visit) {
    const event = await eventOf(officer, request.params.id ?? '', deps);
    const wanted = Number(request.query.get('version'));
    const done = (await eventHistory(event.id, deps)).find(({ version }) => version === wanted);
    if (!done) throw new NotFound('There is no such event');
    const isNewest = event.version === wanted;
    return page(template, {
      title: titles[done.action] ?? 'Your change is saved',
      event,
      next: isNewest && !done.bulletins.length ? await toCome(event, done) : undefined,
      told: historyShown(done, deps.force).told,
      isNewest,
      isForAll: event.audience === 'public',
    });
  }

  /** Who will hear of the newest version. */
  async function toCome(event: Event, version: Version) {
    const { notices, goesAt } = await preview(stateBefore(event, version), event, deps);
    return tellingWords(notices, goesAt, { now: deps.now(), timeZone: deps.force.timeZone });
  }
  return [{ method: 'GET', path: '/console/events/{id}/done', answer: show }];
}
