import { toLocalDate } from '../../../shared/events/zone-time.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { ListDeps } from '../deps.ts';
import template from './home.njk';

const DAY = 86_400_000;
/** Events shown of the whole force's week. */
const MOST = 12;

/** The force's front door: choose a district, and what is on this week. */
export function homeRoutes({ pages, listing, events, force, now }: ListDeps): Route[] {
  const { words } = pages;

  async function home(request: HttpRequest) {
    const from = now();
    const { items } = await events.list({ from, limit: 100 });
    const week = listing.timesBetween(items, from, new Date(from.getTime() + 7 * DAY));
    const { parts, days } = listing.byDay(week.slice(0, MOST), from, { level: 3 });
    const content = {
      title: words.home.heading,
      description: words.home.lead(force.name),
      districts: districtsOn(toLocalDate(from, force.timeZone)),
      hasDays: days.length > 0,
      more: Math.max(0, week.length - MOST),
    };
    return pages.assembled(request, template, content, { days: parts });
  }

  /** Those of today: one that has ended is found by its old address only. */
  const districtsOn = (today: string) =>
    force.districts
      .filter(({ from = '', to = '9' }) => from <= today && to >= today)
      .map(({ id, name }) => ({ id, name }));

  return [{ method: 'GET', path: '/', answer: home }];
}
