import { kinds } from '../../../shared/events/event-terms.ts';
import { addDays, type LocalTime, toInstant, toLocal } from '../../../shared/events/zone-time.ts';
import type { District } from '../../../shared/force/force.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import type { ListDeps } from '../deps.ts';
import { cursorIn } from '../look/cursor.ts';
import type { Time } from '../look/listing.ts';
import { around, type Shown } from './around.ts';
import template from './district.njk';

/** How far ahead a series can be looked at, and how far it is written out unasked. */
const YEAR_DAYS = 366;
const SOON_DAYS = 31;
/** How far back events are shown. */
const PAST_DAYS = 62;
/** Times that machines are told of. */
const MOST_ITEMS = 30;

/** A district's events, by day, with the ways to hear of them. */
export function districtRoutes({ pages, listing, events, force, origin, now }: ListDeps): Route[] {
  const { words } = pages;
  const whatFollows = around({ force, origin, pages });

  async function show(request: HttpRequest) {
    const district = force.district.get(request.params.district ?? '');
    if (!district) throw new NotFound(`There is no district "${request.params.district}"`);
    const { shown, ...lists } = request.query.has('past')
      ? await past(district)
      : await coming(district, request.query);
    return pages.assembled(request, template, shown, lists, whatFollows);
  }

  async function coming({ id, name }: District, query: URLSearchParams) {
    const from = now();
    const here = toLocal(from, force.timeZone);
    const soon = daysFrom(here, SOON_DAYS);
    const kind = kinds.find((each) => each === query.get('kind'));
    const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(query.get('month') ?? '')?.[0];
    const asked = { district: id, kind, from, limit: 100, cursor: cursorIn(query) };
    const { items, cursor } = await events.list(asked);
    const all = listing.timesBetween(items, from, daysFrom(here, YEAR_DAYS));
    const isShown = ({ start, startsAt, recurrenceId }: Time) =>
      month ? start.startsWith(month) : recurrenceId === undefined || startsAt < soon;
    const times = all.filter(isShown);
    const { parts, days } = listing.byDay(times, from, { level: 3 });
    const shown: Shown = {
      title: words.district.title(name),
      district: { id, name },
      hasDays: days.length > 0,
      search: {
        today: here.slice(0, 10),
        kind,
        month,
        months: [...new Set(all.map(({ date }) => date.slice(0, 7)))],
        counts: Object.fromEntries((month ? days : days.slice(0, 7)).map(({ date, count }) => [date, count])),
        isFromToday: !(kind || month || asked.cursor),
      },
      later: cursor && `/${id}?${new URLSearchParams({ ...(kind && { kind }), after: cursor })}`,
    };
    return { shown, days: parts, items: listing.items(times.slice(0, MOST_ITEMS)) };
  }

  async function past({ id, name }: District) {
    const to = now();
    const from = daysFrom(toLocal(to, force.timeZone), -PAST_DAYS);
    const asked = { district: id, startsFrom: from, startsBefore: to, limit: 100 };
    const { items } = await events.list(asked);
    const over = listing.timesBetween(items, from, to).filter(({ endsAt }) => endsAt <= to);
    const { parts, days } = listing.byDay(over, from, { isPast: true });
    const shown: Shown = {
      title: words.district.pastTitle(name),
      district: { id, name },
      hasDays: days.length > 0,
    };
    return { shown, days: parts, items: [] };
  }

  const daysFrom = (here: LocalTime, count: number) => toInstant(addDays(here, count), force.timeZone);

  return [{ method: 'GET', path: '/{district}', answer: show }];
}
