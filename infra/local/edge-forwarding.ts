import type { Forwarding } from './edge-policies.ts';
import type { HttpRequest } from './http-message.ts';

/** The request as an origin sees it: what the behaviour's policies let through, and what CloudFront adds itself. */
export function forward(request: HttpRequest, policies: Forwarding[]): HttpRequest {
  const { cookie, ...others } = request.headers;
  const headers = Object.fromEntries(
    Object.entries(others).filter(
      ([name]) =>
        always.has(name) || (!added.has(name) && policies.some((policy) => passesHeader(policy, name))),
    ),
  );
  const cookies = (cookie ?? '')
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item && policies.some((policy) => passesCookie(policy, item.split('=')[0] ?? '')));
  const query = request.query
    .split('&')
    .filter(
      (item) => item && policies.some((policy) => passesQuery(policy, decode(item.split('=')[0] ?? ''))),
    );
  const wantsAddress = policies.some(
    ({ headers: { HeaderBehavior, Headers } }) =>
      HeaderBehavior.startsWith('allViewerAnd') || Headers.includes('cloudfront-viewer-address'),
  );
  return {
    ...request,
    query: query.join('&'),
    headers: {
      ...headers,
      ...(headers['user-agent'] === undefined && { 'user-agent': 'Amazon CloudFront' }),
      ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
      ...(others['accept-encoding'] &&
        policies.some(({ acceptEncoding }) => acceptEncoding) && { 'accept-encoding': 'gzip' }),
      // Whatever the client claims about itself is dropped: only the socket is believed.
      'x-forwarded-for': request.clientAddress,
      ...(wantsAddress && { 'cloudfront-viewer-address': `${request.clientAddress}:0` }),
    },
  };
}

/** CloudFront passes these on whatever the policies say. */
const always = new Set([
  'content-type',
  'content-length',
  'if-none-match',
  'if-match',
  'if-modified-since',
  'range',
]);

/** What the edge itself says; nobody else is heard. */
const added = new Set([
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  'connection',
  'transfer-encoding',
  'cloudfront-viewer-address',
]);

function passesHeader({ headers: { HeaderBehavior, Headers } }: Forwarding, name: string) {
  if (HeaderBehavior === 'whitelist') return Headers.includes(name);
  if (HeaderBehavior === 'allExcept') return !Headers.includes(name);
  return HeaderBehavior.startsWith('allViewer');
}

const passesCookie = ({ cookies: { CookieBehavior, Cookies } }: Forwarding, name: string) =>
  passesByName(CookieBehavior, Cookies, name);

const passesQuery = ({ queries: { QueryStringBehavior, QueryStrings } }: Forwarding, name: string) =>
  passesByName(QueryStringBehavior, QueryStrings, name);

function passesByName(behavior: 'none' | 'whitelist' | 'allExcept' | 'all', names: string[], name: string) {
  if (behavior === 'whitelist') return names.includes(name);
  if (behavior === 'allExcept') return !names.includes(name);
  return behavior === 'all';
}

function decode(name: string) {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
