import { toLocalDate } from '../../../shared/events/zone-time.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { PageDeps } from '../deps.ts';
import { days, timesBetween } from '../look/listing.ts';
import template from './home.njk';

const DAY = 86_400_000;
/** Events shown of the whole force's week. */
const MOST = 12;

/** The force's front door: choose a district, and what is on this week. */
export function homeRoutes({ pages, events, force, now }: PageDeps): Route[] {
  const { words } = pages;

  async function home(request: HttpRequest) {
    const from = now();
    const { items } = await events.list({ from, limit: 100 });
    const week = timesBetween(items, from, new Date(from.getTime() + 7 * DAY));
    return pages.shared(request, template, {
      title: words.home.heading,
      description: words.home.lead(force.name),
      districts: districtsOn(toLocalDate(from, force.timeZone)),
      days: days(week.slice(0, MOST), from, { force, words }),
      more: Math.max(0, week.length - MOST),
    });
  }

  /** Those of today: one that has ended is found by its old address only. */
  const districtsOn = (today: string) =>
    force.districts.filter((district) => (district.from ?? '') <= today && (district.to ?? '9') >= today);

  return [{ method: 'GET', path: '/', answer: home }];
}
