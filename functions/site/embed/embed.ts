import type { District } from '../../../shared/force/force.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { contentSecurityPolicy } from '../../../shared/views/security.ts';
import { when } from '../../../shared/words/when.ts';
import type { ListDeps } from '../deps.ts';
import { placeOf } from '../look/listing.ts';
import script from './embed.client.ts?text';
import template from './embed.njk';

const inAnyFrame = contentSecurityPolicy.replace("frame-ancestors 'none'", 'frame-ancestors *');
const MONTH = 31 * 86_400_000;

/** Times shown. */
const MOST = 8;

/** A district's next events for the sites of councils and communities: a script with its list, or a page for a frame. */
export function embedRoutes({ pages, listing, events, force, origin, now }: ListDeps): Route[] {
  const { words } = pages;

  async function nextIn(district: District) {
    const { items } = await events.list({ district: district.id, from: now(), limit: 30 });
    return listing.timesBetween(items, now(), new Date(now().getTime() + MONTH)).slice(0, MOST);
  }

  /** `/embed/southend` is a page, `/embed/southend.json` what the script shows. */
  async function show(request: HttpRequest) {
    const [id = '', isList] = (request.params.district ?? '').split(/(\.json)$/);
    const district = force.district.get(id);
    if (!district) throw new NotFound('There is no such district');
    return isList ? list(district) : frame(request, district);
  }

  async function list(district: District) {
    const next = await nextIn(district);
    const items = next.map(({ event, start, end }) => ({
      href: `${origin}/events/${event.id}`,
      title: event.title,
      when: when({ start, end, allDay: event.allDay }, words),
      place: placeOf(event, words),
      off: { cancelled: words.list.off, postponed: words.list.postponed }[event.status as string],
    }));
    return json(
      200,
      { heading: words.district.title(district.name), more: words.list.seeAll, items },
      {
        'cache-control': 'public, max-age=60, stale-while-revalidate=300',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      },
    );
  }

  async function frame(request: HttpRequest, district: District) {
    const next = await nextIn(district);
    const { parts, days } = listing.byDay(next, now());
    const content = {
      title: words.district.title(district.name),
      district: { id: district.id },
      hasDays: days.length > 0,
    };
    const { headers, ...page } = pages.assembled(request, template, content, { days: parts });
    const { 'x-frame-options': _denied, ...others } = headers ?? {};
    return { ...page, headers: { ...others, 'content-security-policy': inAnyFrame } };
  }

  const serveScript = () => ({
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
    },
    body: script,
  });

  return [
    { method: 'GET', path: '/embed.js', answer: serveScript },
    { method: 'GET', path: '/embed/{district}', answer: show },
  ];
}
