import { checkedInput } from '../../../shared/desk/checked-input.ts';
import { eventHistory } from '../../../shared/desk/event-history.ts';
import { eventOf, expectVersion } from '../../../shared/desk/event-sight.ts';
import { seriesCommands } from '../../../shared/desk/series-commands.ts';
import { seriesPlans } from '../../../shared/desk/series-plans.ts';
import type { Event } from '../../../shared/events/event.ts';
import { writtenOf } from '../../../shared/events/event-input.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { Invalid, Stale } from '../../../shared/runtime/errors.ts';
import { when } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';
import { historyShown } from '../events/history-shown.ts';
import { donePath } from '../publishing/commanded.ts';
import { dateOf } from '../publishing/one-date.ts';
import { askBeforeTelling } from '../publishing/telling-question.ts';
import { type ConsoleRoute, goTo, type Visit } from '../visit.ts';
import template from './change-date.njk';
import { choicesOf } from './choices.ts';
import { faultsShown } from './faults-shown.ts';
import { filledIn } from './fill-in.ts';
import { eventIn } from './input-of.ts';
import { type Different, differenceOf } from './one-date.ts';
import { typedIn, type Values, valuesOf } from './values.ts';

type Shown = { values: Values; scope?: string; version: number; error?: unknown };

/** One date of a series, or that one and those that follow: when, where, and what it is called. */
export function changeDateRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const { force, now, venues } = deps;
  const schema = checkedInput(force);
  const series = seriesCommands(deps);
  const plans = seriesPlans(deps);

  async function show(visit: Visit, event: Event, { values, scope, version, error }: Shown) {
    const { officer, page, request } = visit;
    const date = request.params.date ?? '';
    const shown = error instanceof Invalid ? faultsShown(error) : { errors: [], fieldErrors: {} };
    const history = error instanceof Stale ? await eventHistory(event.id, deps) : [];
    const since = history.filter((each) => each.version > version).map((each) => historyShown(each, force));
    return page(
      template,
      {
        title: 'Change this date',
        event,
        action: request.path,
        when: when(dateOf(event, date).event),
        isFirst: date === event.start,
        scope: scope ?? 'one',
        version: event.version,
        values,
        choices: choicesOf(values, { force, officer, now: now(), venues: await venues.of(event.districts) }),
        since,
        ...shown,
      },
      since.length ? 412 : shown.errors.length ? 422 : 200,
    );
  }

  async function ask(visit: Visit) {
    const event = await eventOf(visit.officer, visit.request.params.id ?? '', deps);
    const found = dateOf(event, visit.request.params.date ?? '');
    return show(visit, event, { values: valuesOf(found.event, force), version: event.version });
  }

  async function save(visit: Visit): Promise<HttpResponse> {
    const { form, officer, request } = visit;
    const event = await eventOf(officer, request.params.id ?? '', deps);
    const date = request.params.date ?? '';
    const found = dateOf(event, date);
    const typed = typedIn(form);
    // What the page does not ask is as it was.
    const { title, date: day, from, until, lastDay, summary, description } = typed;
    const { venueName, address, postcode, latitude, longitude, access } = typed;
    const values: Values = {
      ...valuesOf(found.event, force),
      ...{ title, date: day, from, until, lastDay, summary, description },
      ...{ venueName, address, postcode, latitude, longitude, access },
    };
    const version = Number(form.get('version'));
    const scope = form.get('scope');
    const filled = await filledIn(values, visit, deps);
    if (filled) return show(visit, event, { values: filled.values, scope, version: event.version });
    try {
      const written = eventIn(values, schema);
      expectVersion(event, [version]);
      const different = differenceOf(event, date, written);
      return scope === 'following'
        ? await changeFollowing(visit, event, date, different)
        : await changeOne(visit, event, date, different);
    } catch (error) {
      if (!(error instanceof Invalid || error instanceof Stale)) throw error;
      const current = await eventOf(officer, event.id, deps);
      return show(visit, current, { values, scope, version, error });
    }
  }

  async function changeOne(visit: Visit, event: Event, recurrenceId: string, different: Different) {
    const given = { recurrenceId, ...different };
    const next = writtenOf(plans.one(visit.officer, event, given));
    const decided = await askBeforeTelling(visit, event, next, deps);
    if ('question' in decided) return decided.question;
    const { reason } = decided;
    return goTo(
      donePath(await series.changeOne(visit.officer, event, { ...given, ...(reason && { reason }) })),
    );
  }

  async function changeFollowing(visit: Visit, event: Event, from: string, different: Different) {
    const { known, following } = plans.following(visit.officer, event, from, different);
    const decided = await askBeforeTelling(visit, known, writtenOf(following), deps);
    if ('question' in decided) return decided.question;
    const said = { reason: decided.reason };
    const parts = await series.changeFollowing(visit.officer, event, from, different, said);
    return goTo(donePath(parts.following));
  }

  const path = '/console/events/{id}/dates/{date}';
  return [
    { method: 'GET', path, answer: ask },
    { method: 'POST', path, answer: save },
  ];
}
