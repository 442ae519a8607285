import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { contentSecurityPolicy } from '../../../shared/views/security.ts';
import type { PageDeps } from '../deps.ts';
import { days, timesBetween } from '../look/listing.ts';
import script from './embed.client.ts?asset';
import template from './embed.njk';

const inAnyFrame = contentSecurityPolicy.replace("frame-ancestors 'none'", 'frame-ancestors *');
const MONTH = 31 * 86_400_000;

/** A district's next events for the sites of councils and communities: a script, or a page for a frame. */
export function embedRoutes({ pages, events, force, now }: PageDeps): Route[] {
  const { words } = pages;

  async function frame(request: HttpRequest) {
    const district = force.district.get(request.params.district ?? '');
    if (!district) throw new NotFound('There is no such district');
    const { items } = await events.list({ district: district.id, from: now(), limit: 30 });
    const next = timesBetween(items, now(), new Date(now().getTime() + MONTH)).slice(0, 8);
    const { headers, ...page } = pages.shared(request, template, {
      title: words.district.title(district.name),
      district,
      days: days(next, now(), { force, words }),
    });
    const { 'x-frame-options': _denied, ...others } = headers ?? {};
    return { ...page, headers: { ...others, 'content-security-policy': inAnyFrame } };
  }

  const serveScript = () => ({
    status: 200,
    headers: {
      'content-type': script.type,
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
    },
    body: script.body,
  });

  return [
    { method: 'GET', path: '/embed.js', answer: serveScript },
    { method: 'GET', path: '/embed/{district}', answer: frame },
  ];
}
