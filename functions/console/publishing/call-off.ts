import { type EventCommands, reasonGiven } from '../../../shared/desk/event-commands.ts';
import { eventOf } from '../../../shared/desk/event-sight.ts';
import { preview } from '../../../shared/desk/preview.ts';
import { seriesCommands } from '../../../shared/desk/series-commands.ts';
import { seriesPlans } from '../../../shared/desk/series-plans.ts';
import { cancelled, postponed } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { accept } from '../../../shared/http/request.ts';
import type { Officer } from '../../../shared/identity/officer.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import { formErrors } from '../../../shared/views/form-errors.ts';
import { when } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { ConsoleRoute, Visit } from '../visit.ts';
import template from './call-off.njk';
import { commanded, type Since } from './commanded.ts';
import { dateOf } from './one-date.ts';
import { tellingOf } from './telling.ts';

type Way = 'cancel' | 'postpone';
type Given = { reason?: string; date?: string; scope?: 'following' };
type More = { since?: Since; isLooking?: boolean; errors?: object[]; fieldErrors?: object };

const words = {
  cancel: { title: 'Cancel this event', button: 'Cancel the event', leave: 'Do not cancel it' },
  postpone: { title: 'Postpone this event', button: 'Postpone the event', leave: 'Do not postpone it' },
};
const reasonWords = {
  reason: 'Say why in 500 characters or fewer, as residents will read it',
  other: 'This cannot be done',
};

/** Cancelling and postponing: why, in the public's words, who will be told, and what they will read. */
export function callOffRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const series = seriesCommands(deps);
  const plans = seriesPlans(deps);
  const asked = ({ request, officer }: Visit) => eventOf(officer, request.params.id ?? '', deps);

  /** The event that those who are told know, and what becomes of it. */
  function become(
    way: Way,
    officer: Officer,
    event: Event,
    { reason = '', date, scope }: Given,
  ): [Event, Event] {
    if (way === 'postpone') return [event, postponed(event, reason, deps.now())];
    if (!date) return [event, cancelled(event, reason, deps.now())];
    const off = { status: 'cancelled' as const, reason };
    const { override } = dateOf(event, date);
    if (!scope) return [event, plans.one(officer, event, { ...override, ...off })];
    const { known, following } = plans.following(officer, event, date, {}, off);
    return [known, following];
  }

  async function show(visit: Visit, way: Way, event: Event, given: Given, more: More = {}, status = 200) {
    const [before, next] = become(way, visit.officer, event, given);
    const seen = await preview(before, next, deps);
    return visit.page(
      template,
      {
        ...words[way],
        ...(given.date && { title: 'Cancel one date', button: 'Cancel the date', leave: 'Do not cancel it' }),
        action: `/console/events/${event.id}/${way}`,
        event,
        when: given.date ? when(dateOf(event, given.date).event) : when(event),
        date: given.date,
        isFirst: given.date === event.start,
        scope: given.scope,
        reason: given.reason,
        text: seen.text,
        telling: await tellingOf(seen, deps),
        isForAll: event.audience === 'public',
        since: [],
        errors: [],
        fieldErrors: {},
        ...more,
      },
      status,
    );
  }

  const ask = (way: Way) => async (visit: Visit) => {
    const date = visit.request.query.get('date');
    return show(visit, way, await asked(visit), { ...(date && { date }) });
  };

  const answer = (way: Way) => async (visit: Visit) => {
    const { form } = visit;
    const given: Given = {
      // One line, as residents read it in a text.
      reason: form.get('reason')?.replace(/\s+/g, ' '),
      ...(way === 'cancel' && { date: form.get('date') }),
      ...(form.get('scope') === 'following' && { scope: 'following' }),
    };
    try {
      const { reason } = accept(reasonGiven, { reason: given.reason ?? '' });
      if (form.get('look')) return show(visit, way, await asked(visit), given, { isLooking: true });
      return commanded(visit, deps, {
        action: given.date ? 'edit' : way,
        run: (commands, event) => run(commands, way, { ...given, reason }, event, visit),
        again: (event, since) => show(visit, way, event, given, { since }, 412),
      });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return show(visit, way, await asked(visit), given, formErrors(error, reasonWords), 422);
    }
  };

  async function run(
    commands: EventCommands,
    way: Way,
    { reason, date, scope }: Given & { reason: string },
    event: Event,
    { officer }: Visit,
  ): Promise<Event> {
    if (!date) return commands[way](officer, event, reason);
    const { override } = dateOf(event, date);
    if (!scope) return series.changeOne(officer, event, { ...override, status: 'cancelled', reason });
    return (await series.changeFollowing(officer, event, date, {}, { status: 'cancelled', reason }))
      .following;
  }

  return (['cancel', 'postpone'] as const).flatMap((way): ConsoleRoute[] => [
    { method: 'GET', path: `/console/events/{id}/${way}`, answer: ask(way) },
    { method: 'POST', path: `/console/events/{id}/${way}`, answer: answer(way) },
  ]);
}
