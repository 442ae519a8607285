import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import type { PageDeps } from '../deps.ts';
import { calendarOf } from '../look/calendar-links.ts';
import { qrCode } from '../look/qr-code.ts';

/** What search engines and cameras read. */
export function machineRoutes({ events, force, origin, now }: PageDeps): Route[] {
  const answer = (type: string, body: string, seconds: number) => ({
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': `public, max-age=${seconds}`,
      'x-content-type-options': 'nosniff',
    },
    body,
  });

  // Personal addresses are not listed here: their pages say noindex, and a list would tell where they are.
  const robots = () =>
    answer('text/plain; charset=utf-8', `User-agent: *\nAllow: /\nSitemap: ${origin}/sitemap.xml\n`, 3600);

  async function sitemap() {
    const addresses: { path: string; changedAt?: string }[] = [
      { path: '/' },
      ...force.districts.map(({ id }) => ({ path: `/${id}` })),
      ...force.campaigns.map(({ id }) => ({ path: `/campaigns/${id}` })),
    ];
    let cursor: string | undefined;
    do {
      const page = await events.list({ from: now(), limit: 500, cursor });
      for (const { id, updatedAt } of page.items)
        addresses.push({ path: `/events/${id}`, changedAt: updatedAt });
      cursor = page.cursor;
    } while (cursor && addresses.length < MOST_ADDRESSES);
    const urls = addresses.map(({ path, changedAt }) => {
      const lastmod = changedAt ? `<lastmod>${changedAt}</lastmod>` : '';
      return `<url><loc>${origin}${path}</loc>${lastmod}</url>`;
    });
    return answer(
      'application/xml; charset=utf-8',
      `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
      3600,
    );
  }

  function qr({ params }: HttpRequest) {
    const id = /^(.+)\.svg$/.exec(params.file ?? '')?.[1] ?? '';
    if (!force.district.has(id)) throw new NotFound('There is no such district');
    return answer('image/svg+xml', qrCode(calendarOf(origin, id).webcal), 86_400);
  }

  return [
    { method: 'GET', path: '/robots.txt', answer: robots },
    { method: 'GET', path: '/sitemap.xml', answer: sitemap },
    { method: 'GET', path: '/qr/{file}', answer: qr },
  ];
}

/** Half of what one sitemap may hold. */
const MOST_ADDRESSES = 25_000;
