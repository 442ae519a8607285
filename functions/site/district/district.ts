import { type Kind, kinds } from '../../../shared/events/event.ts';
import { addDays, toInstant, toLocal, toLocalDate } from '../../../shared/events/zone-time.ts';

import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import type { PageDeps } from '../deps.ts';
import { calendarOf } from '../look/calendar-links.ts';
import { days, timesBetween } from '../look/listing.ts';
import { districtData, embedded } from '../look/structured-data.ts';
import template from './district.njk';
import { weekOf } from './week.ts';

/** How far ahead a series is written out. */
const HORIZON_DAYS = 92;

/** A district's coming events, by day, with the ways to hear of them. */
export function districtRoutes({ pages, events, force, origin, now }: PageDeps): Route[] {
  const { words } = pages;

  async function show(request: HttpRequest) {
    const district = force.district.get(request.params.district ?? '');
    if (!district) throw new NotFound(`There is no district "${request.params.district}"`);
    const kind = kinds.find((each) => each === request.query.get('kind'));
    const month = /^\d{4}-\d\d$/.exec(request.query.get('month') ?? '')?.[0];
    const from = now();
    const { items, cursor } = await events.list({
      district: district.id,
      kind,
      from,
      limit: 100,
      cursor: request.query.get('after') ?? undefined,
    });
    const coming = timesBetween(items, from, horizon(from));
    const shown = coming.filter(({ start }) => !month || start.startsWith(month));
    const byDay = days(shown, from, { force, words });
    return pages.shared(request, template, {
      title: words.district.title(district.name),
      description: `${words.district.title(district.name)}: ${force.name}`,
      district,
      successor: force.district.get(district.successor ?? ''),
      days: byDay,
      week: kind || month ? undefined : weekOf(byDay, toLocalDate(from, force.timeZone), words),
      filter: filterOf(coming, kind, month),
      later: cursor && `/${district.id}?${new URLSearchParams({ ...(kind && { kind }), after: cursor })}`,
      calendar: calendarOf(origin, district.id),
      data: embedded(districtData(district, items, { force, origin })),
    });
  }

  const horizon = (from: Date) =>
    toInstant(addDays(toLocal(from, force.timeZone), HORIZON_DAYS), force.timeZone);

  function filterOf(coming: { start: string }[], kind: Kind | undefined, month: string | undefined) {
    const months = [...new Set(coming.map(({ start }) => start.slice(0, 7)))].sort();
    const name = new Intl.DateTimeFormat(words.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return {
      isOn: Boolean(kind || month),
      kinds: [
        { value: '', text: words.district.allKinds },
        ...kinds.map((each) => ({ value: each, text: words.kinds[each], selected: each === kind })),
      ],
      months: [
        { value: '', text: words.district.allMonths },
        ...months.map((each) => ({
          value: each,
          text: name.format(new Date(`${each}-15T12:00Z`)),
          selected: each === month,
        })),
      ],
    };
  }

  return [{ method: 'GET', path: '/{district}', answer: show }];
}
