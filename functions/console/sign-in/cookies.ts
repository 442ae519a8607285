import type { HttpRequest } from '../../../shared/http/request.ts';

/**
 * Names that browsers let nobody else set: only this host, only with Secure, only for all of it (RFC 6265bis
 * §4.1.3.2). Chromium and Firefox take them from http://localhost, too.
 */
export const sessionCookie = '__Host-session';
export const attemptCookie = '__Host-sign-in';

type Cookie = typeof sessionCookie | typeof attemptCookie;

export function cookieIn(request: Pick<HttpRequest, 'cookies'>, name: Cookie): string | undefined {
  const found = request.cookies.find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1) || undefined;
}

/** Lax: it comes along when the issuer sends a person back, and with no request that another site makes. */
export const setCookie = (name: Cookie, value: string, seconds: number) =>
  `${name}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Lax`;

export const dropCookie = (name: Cookie) => setCookie(name, '', 0);
