import type { Event } from '../../../shared/events/event.ts';
import { kinds, statuses } from '../../../shared/events/event-terms.ts';
import { addDays, toInstant } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { maySee, type Officer } from '../../../shared/identity/officer.ts';
import { english } from '../../../shared/words/english.ts';
import { when } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { ConsoleRoute, Visit } from '../visit.ts';
import template from './event-list.njk';
import { type Filter, filterIn, isWanted } from './filter.ts';
import { statusWords } from './status-words.ts';

const PAGE = 50;

/** Events of the officer's districts: what is to come, unless they ask for other days. */
export function eventListRoutes({ events, force, now }: ConsoleDeps): ConsoleRoute[] {
  async function list({ request, officer, page }: Visit) {
    const filter = filterIn(request.query);
    const found = await find(filter, officer);
    const isFiltered = Object.entries(filter).some(([name, value]) => name !== 'after' && value);
    return page(template, {
      title: 'Events',
      events: found.items.map(shown),
      filter: choicesOf(filter, officer),
      isFiltered,
      later: found.cursor && `/console?${new URLSearchParams({ ...given(filter), after: found.cursor })}`,
    });
  }

  const midnight = (date: string) => toInstant(`${date}T00:00`, force.timeZone);

  const find = (filter: Filter, officer: Officer) => {
    const only = officer.districts.length === 1 ? officer.districts[0] : undefined;
    const asked = filter.district && officer.districts.includes(filter.district) ? filter.district : only;
    const isAsked = isWanted(filter);
    return events.list({
      district: asked,
      kind: filter.kind,
      limit: PAGE,
      cursor: filter.after,
      isVisible: (event) => maySee(officer, event) && isAsked(event),
      ...(filter.from ? { startsFrom: midnight(filter.from) } : { from: now() }),
      ...(filter.to ? { startsBefore: midnight(addDays(filter.to, 1)) } : {}),
    });
  };

  const shown = (event: Event) => ({
    href: `/console/events/${event.id}`,
    title: event.title,
    when: when(event),
    where: event.venue?.name ?? (event.onlineUrl ? english.online : ''),
    kind: english.kinds[event.kind],
    districts: placesOf(event.districts, force),
    status: event.status,
    audience: event.audience,
  });

  const choicesOf = (filter: Filter, officer: Officer) => {
    const chosen = (value: string, text: string, wanted: string | undefined) => ({
      value,
      text,
      selected: value === (wanted ?? ''),
    });
    return {
      ...filter,
      districts:
        officer.districts.length > 1
          ? [
              chosen('', 'All my districts', filter.district),
              ...officer.districts.map((id) =>
                chosen(id, force.district.get(id)?.name ?? id, filter.district),
              ),
            ]
          : [],
      kinds: [
        chosen('', 'All kinds', filter.kind),
        ...kinds.map((kind) => chosen(kind, english.kinds[kind], filter.kind)),
      ],
      statuses: [
        chosen('', 'All', filter.status),
        ...statuses.map((status) => chosen(status, statusWords[status], filter.status)),
      ],
    };
  };

  return [{ method: 'GET', path: '/console', answer: list }];
}

/** A few districts by name, many by their number: it is a table. */
function placesOf(districts: string[], force: Force) {
  if (districts.length > 3) return `${districts.length} districts`;
  return districts.map((id) => force.district.get(id)?.name ?? id).join(', ');
}

const given = (filter: Filter) =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
