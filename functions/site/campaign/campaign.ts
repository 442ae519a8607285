import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { longDate } from '../../../shared/words/when.ts';
import type { ListDeps } from '../deps.ts';
import { calendarOf } from '../look/calendar-links.ts';
import { cursorIn } from '../look/cursor.ts';
import { campaignData, embedded } from '../look/structured-data.ts';
import template from './campaign.njk';

const YEAR = 366 * 86_400_000;

/** Everything coming up of a campaign, in all districts. */
export function campaignRoutes({ pages, listing, events, force, origin, now }: ListDeps): Route[] {
  const { words } = pages;

  async function show(request: HttpRequest) {
    const campaign = force.campaign.get(request.params.campaign ?? '');
    if (!campaign) throw new NotFound('There is no such campaign');
    const from = now();
    const { items, cursor } = await events.list({
      campaign: campaign.id,
      from,
      limit: 100,
      cursor: cursorIn(request.query),
    });
    // What goes on every week for a year is part of it while it lasts.
    const times = listing
      .timesBetween(items, from, new Date(from.getTime() + YEAR))
      .filter(({ recurrenceId, start }) => recurrenceId === undefined || start.slice(0, 10) <= campaign.to);
    const { parts, days } = listing.byDay(times, from);
    const content = {
      title: campaign.name,
      description: `${campaign.name}: ${force.name}`,
      dates: words.campaign.from(longDate(campaign.from, words), longDate(campaign.to, words)),
      themes: campaign.themes.length ? words.campaign.themes(campaign.themes.join(', ')) : undefined,
      hasDays: days.length > 0,
      later: cursor && `/campaigns/${campaign.id}?${new URLSearchParams({ after: cursor })}`,
      calendar: calendarOf(origin, `campaigns/${campaign.id}`, ''),
      data: embedded(campaignData(campaign, times, { force, origin, picture: pages.picture })),
    };
    return pages.assembled(request, template, content, { days: parts });
  }

  return [{ method: 'GET', path: '/campaigns/{campaign}', answer: show }];
}
