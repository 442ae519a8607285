import { httpHandler, type Route } from '../../shared/http/http-handler.ts';
import type { SiteDeps } from './deps.ts';
import { type Languages, wordsIn } from './languages.ts';
import { whenAsked } from './when-asked.ts';

/** The residents' pages. */
export function site(deps: SiteDeps & { edgeProof?: string; languages?: Languages }) {
  const words = wordsIn(deps.force.language, deps.languages);
  const all = { ...deps, words };
  const routes = [
    ...whenAsked(personalAddresses, async () => {
      const [{ personalRoutes }, events, stores] = await Promise.all([
        import('./personal.ts'),
        deps.events(),
        deps.personal(),
      ]);
      return personalRoutes({ ...all, events, ...stores });
    }),
    ...whenAsked([get('/calendars/{proxy+}')], async () => {
      const [{ quietCalendarRoutes }, events] = await Promise.all([
        import('./machines/quiet-calendars.ts'),
        deps.events(),
      ]);
      return quietCalendarRoutes({ ...deps, events });
    }),
    ...whenAsked(publicAddresses, async () => {
      const [{ publicRoutes }, events] = await Promise.all([import('./public.ts'), deps.events()]);
      return publicRoutes({ ...all, events });
    }),
  ];
  const onError = async (error: unknown) => (await import('./public.ts')).problemPage(all, error);
  return httpHandler(routes, { onError, edgeProof: deps.edgeProof });
}

type Address = Pick<Route, 'method' | 'path'>;

const get = (path: string): Address => ({ method: 'GET', path });
const post = (path: string): Address => ({ method: 'POST', path });

const forms = [
  '/subscribe',
  '/subscribe/address',
  '/subscribe/confirm/{token}',
  '/subscriptions/{manageToken}',
  '/subscriptions/{manageToken}/stand-in',
  '/unsubscribe/{token}',
  '/u/{token}',
];
const personalAddresses: Address[] = [
  ...forms.flatMap((path) => [get(path), post(path)]),
  get('/preview/{token}'),
  ...['/subscribe/districts', '/subscribe/check', '/subscribe/code'].map(post),
];

const publicAddresses: Address[] = [
  get('/'),
  post('/find'),
  get('/events/{id}'),
  get('/campaigns/{campaign}'),
  ...['/privacy', '/accessibility', '/cookies'].map(get),
  ...['/embed.js', '/embed/{district}'].map(get),
  ...['/robots.txt', '/sitemap.xml', '/qr/{file}'].map(get),
  // Last: a district may have any name that is not one of the above.
  get('/{district}'),
];

/** Every address that answers. */
export const addresses = [...personalAddresses, ...publicAddresses];
