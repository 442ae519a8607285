import * as z from 'zod';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { Forbidden } from '../../../shared/runtime/errors.ts';
import { causeOf, log } from '../../../shared/runtime/log.ts';
import type { ConsoleSetting } from '../deps.ts';
import type { ConsoleRoute } from '../visit.ts';
import { attemptCookie, cookieIn, dropCookie, sessionCookie, setCookie } from './cookies.ts';
import { type Attempt, SignInFailed } from './issuer.ts';
import { returnAddress } from './return-address.ts';
import { SESSION_HOURS } from './sessions.ts';
import outTemplate from './signed-out.njk';

/** Long enough for a second factor. */
const ATTEMPT_SECONDS = 15 * 60;

const attemptSchema = z.object({
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  back: z.string(),
});

/** Coming in, and the page after going out: for who is not signed in. */
export function signInRoutes({ issuer, signedIn, origin, pages }: ConsoleSetting): Route[] {
  async function begin(request: HttpRequest): Promise<HttpResponse> {
    const back = returnAddress(request.query.get('return') ?? undefined, origin);
    const { to, attempt } = await issuer.begin();
    return redirect(to, setCookie(attemptCookie, written({ ...attempt, back }), ATTEMPT_SECONDS));
  }

  async function callback(request: HttpRequest): Promise<HttpResponse> {
    const attempt = read(cookieIn(request, attemptCookie));
    // A code that this browser did not ask for would sign it in as somebody else.
    if (!attempt || request.query.get('state') !== attempt.state)
      throw new SignInFailed('This sign-in was not begun in this browser, or is over');
    const vouched = await issuer.finish(request.query, attempt);
    const secret = await signedIn.start(vouched);
    if (!secret) throw new Forbidden('You are signed in, but your account has no role here');
    const before = cookieIn(request, sessionCookie);
    if (before) await signedIn.end(before);
    return redirect(
      returnAddress(attempt.back, origin),
      setCookie(sessionCookie, secret, SESSION_HOURS * 3600),
      dropCookie(attemptCookie),
    );
  }

  return [
    { method: 'GET', path: '/console/sign-in', answer: begin },
    { method: 'GET', path: '/console/callback', answer: callback },
    {
      method: 'GET',
      path: '/console/signed-out',
      answer: () => pages.page(outTemplate, { title: 'You are signed out' }),
    },
  ];
}

/** Going out: here, and then at the issuer. */
export const signOutRoute = ({ issuer, signedIn, pages }: ConsoleSetting): ConsoleRoute => ({
  method: 'POST',
  path: '/console/sign-out',
  answer: async ({ secret }) => {
    const { idToken } = await signedIn.end(secret);
    const to = await issuer.signOutAddress(idToken).catch((error) => {
      log.error('nobody is signed out of the issuer', causeOf(error));
      return undefined;
    });
    // A form may not lead to another site (form-action), even by a redirect; a page may.
    const page = pages.page(outTemplate, { title: 'You are signed out', next: to });
    return { ...page, cookies: [dropCookie(sessionCookie)] };
  },
});

const redirect = (location: string, ...cookies: string[]): HttpResponse => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  cookies,
});

const written = (attempt: Attempt & { back: string }) =>
  Buffer.from(JSON.stringify(attempt)).toString('base64url');

function read(cookie: string | undefined) {
  try {
    return attemptSchema.safeParse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
