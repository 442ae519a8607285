import { isMaterial } from '../../../shared/bulletins/change.ts';
import { eventHistory } from '../../../shared/desk/event-history.ts';
import { eventOf } from '../../../shared/desk/event-sight.ts';
import { preview } from '../../../shared/desk/preview.ts';
import { changedTimes } from '../../../shared/events/changed-times.ts';
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
      title: titleOf(event, done),
      event,
      next: isNewest && !done.bulletins.length ? await toCome(event, done) : undefined,
      told: historyShown(done, deps.force).told,
      isNewest,
      isForAll: event.audience === 'public',
    });
  }

  /** Who will hear of the newest version. */
  async function toCome(event: Event, version: Version) {
    const before = knownBefore(event, version);
    if (!before) return undefined;
    const { notices, isEstimate, goesAt } = await preview(before, event, deps);
    return tellingWords({ ...notices, isEstimate }, goesAt, {
      now: deps.now(),
      timeZone: deps.force.timeZone,
    });
  }
  return [{ method: 'GET', path: '/console/events/{id}/done', answer: show }];
}

/** What residents knew: of what was part of a series, that it takes place; of a new draft, nothing. */
function knownBefore(event: Event, version: Version): Event | undefined {
  if (version.action !== 'create') return stateBefore(event, version);
  return event.continues && { ...event, status: 'published' };
}

function titleOf(event: Event, done: Version): string {
  const title = titles[done.action];
  if (title) return title;
  if (done.action === 'create' && event.status === 'cancelled') return 'The dates are cancelled';
  if (event.version !== done.version || done.action !== 'edit') return 'Your change is saved';
  const before = stateBefore(event, done);
  const times = changedTimes(before, event) ?? [];
  if (times.length && times.every(({ now }) => !now)) return 'The date is cancelled';
  return event.status === 'published' && isMaterial(before, event) ? 'It is moved' : 'Your change is saved';
}
