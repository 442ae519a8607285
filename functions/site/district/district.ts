import type { Event } from '../../../shared/events/event.ts';
import { type Kind, kinds } from '../../../shared/events/event-terms.ts';
import type { Occurrence } from '../../../shared/events/recurrence.ts';
import { addDays, toInstant, toLocal, toLocalDate } from '../../../shared/events/zone-time.ts';
import type { District } from '../../../shared/force/force.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import type { PageDeps } from '../deps.ts';
import { calendarOf } from '../look/calendar-links.ts';
import { cursorIn } from '../look/cursor.ts';
import { keptPages } from '../look/kept-pages.ts';
import { days, timesBetween } from '../look/listing.ts';
import { districtData, embedded } from '../look/structured-data.ts';
import template from './district.njk';
import { monthOf, monthsOf } from './month.ts';
import { weekOf } from './week.ts';

/** How far ahead a series can be looked at, and how far it is written out unasked. */
const YEAR_DAYS = 366;
const SOON_DAYS = 31;
/** How far back events are shown. */
const PAST_DAYS = 62;
const HOUR = 3_600_000;

/** A district's events, by day, with the ways to hear of them. */
export function districtRoutes({ pages, events, force, origin, now }: PageDeps): Route[] {
  const { words } = pages;
  const keep = keptPages();

  async function show(request: HttpRequest) {
    const district = force.district.get(request.params.district ?? '');
    if (!district) throw new NotFound(`There is no district "${request.params.district}"`);
    const { query } = request;
    const kind = kinds.find((each) => each === query.get('kind'));
    if (query.has('past')) return pages.shared(request, template, await past(district));
    const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(query.get('month') ?? '')?.[0];
    const from = now();
    const asked = { district: district.id, kind, from, limit: 100, cursor: cursorIn(query) };
    const list = await events.list(asked);
    const page = keep([district.id, kind, month, asked.cursor].join(), list, from, () => {
      const { until, ...shown } = coming(district, list, { ...asked, month });
      return { page: pages.made(template, shown, `/${district.id}`), until };
    });
    return pages.answer(request, page);
  }

  function coming(
    district: District,
    list: { items: Event[]; cursor?: string },
    { from, kind, month, cursor }: { from: Date; kind?: Kind; month?: string; cursor?: string },
  ) {
    const all = timesBetween(list.items, from, daysFrom(YEAR_DAYS));
    const soon = daysFrom(SOON_DAYS);
    const isShown = ({ start, startsAt, recurrenceId }: Occurrence) =>
      month ? start.startsWith(month) : recurrenceId === undefined || startsAt < soon;
    const shown = all.filter(isShown);
    const byDay = days(shown, from, { force, words });
    const today = toLocalDate(from, force.timeZone);
    return {
      ...content(district, shown),
      until: untilItDiffers(all, { from, soon, today }),
      days: byDay,
      week: kind || month || cursor ? undefined : weekOf(byDay, today, words),
      month: month && monthOf(month, byDay, today, words),
      filter: {
        isOn: Boolean(kind || month),
        kinds: [
          { value: '', text: words.district.allKinds },
          ...kinds.map((each) => ({ value: each, text: words.kinds[each], selected: each === kind })),
        ],
        months: [{ value: '', text: words.district.allMonths }, ...monthsOf(all, month, words)],
      },
      later:
        list.cursor &&
        `/${district.id}?${new URLSearchParams({ ...(kind && { kind }), after: list.cursor })}`,
    };
  }

  async function past(district: District) {
    const { items } = await events.list({
      district: district.id,
      startsFrom: daysFrom(-PAST_DAYS),
      startsBefore: now(),
      limit: 100,
    });
    const over = timesBetween(items, daysFrom(-PAST_DAYS), now()).filter(({ endsAt }) => endsAt <= now());
    return {
      ...content(district, []),
      title: words.district.pastTitle(district.name),
      isPast: true,
      days: days(over, daysFrom(-PAST_DAYS), { force, words, isPast: true }),
    };
  }

  /** A time is over, another comes into sight, or it is another day. What comes a year ahead may come an hour late. */
  function untilItDiffers(
    all: Occurrence[],
    { from, soon, today }: { from: Date; soon: Date; today: string },
  ): Date {
    const { timeZone } = force;
    const instants = [new Date(from.getTime() + HOUR), toInstant(addDays(today, 1), timeZone)];
    const later = all.find(({ startsAt }) => startsAt >= soon);
    if (later) instants.push(toInstant(addDays(toLocal(later.startsAt, timeZone), -SOON_DAYS), timeZone));
    return new Date(Math.min(...[...instants, ...all.map(({ endsAt }) => endsAt)].map(Number)));
  }

  const content = (district: District, times: Occurrence[]) => ({
    title: words.district.title(district.name),
    description: `${words.district.title(district.name)}: ${force.name}`,
    district,
    successor: force.district.get(district.successor ?? ''),
    calendar: calendarOf(origin, district.id),
    data: embedded(districtData(district, times, { force, origin, picture: pages.picture })),
  });

  const daysFrom = (count: number) =>
    toInstant(addDays(toLocal(now(), force.timeZone), count), force.timeZone);

  return [{ method: 'GET', path: '/{district}', answer: show }];
}
