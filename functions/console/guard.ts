import { timingSafeEqual } from 'node:crypto';
import type { Route } from '../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import type { HttpResponse } from '../../shared/http/response.ts';
import { isAtLeast } from '../../shared/identity/officer.ts';
import { Forbidden } from '../../shared/runtime/errors.ts';
import type { ConsoleSetting } from './deps.ts';
import { type Form, formOf } from './form.ts';
import againTemplate from './problems/again.njk';
import { problemPage } from './problems/problem.ts';
import { cookieIn, sessionCookie } from './sign-in/cookies.ts';
import { formTokenOf } from './sign-in/seal.ts';
import { type ConsoleRoute, goTo } from './visit.ts';

/** The field that every form by POST carries. */
export const TOKEN = 'form-token';

const noForm: Form = {
  get: () => undefined,
  all: () => [],
  file: () => undefined,
  fields: [],
  hasFiles: false,
};

/**
 * A route that only an officer who is signed in gets to, and a POST only from a page of ours: every check of the
 * console is here.
 */
export const guarded =
  ({ signedIn, pages, origin }: ConsoleSetting) =>
  ({ method, path, who = 'officer', mostBytes, answer }: ConsoleRoute): Route => {
    async function guard(request: HttpRequest): Promise<HttpResponse> {
      const isForm = method === 'POST';
      if (isForm) refuseForeign(request, origin);
      const secret = cookieIn(request, sessionCookie);
      const officer = secret === undefined ? undefined : await signedIn.officerOf(secret);
      const form = isForm ? await formOf(request, mostBytes) : noForm;
      if (!officer || secret === undefined)
        return isForm ? askAgain(form, { path: request.path, status: 401 }) : goTo(signInFor(request));
      const token = formTokenOf(secret);
      const shell = { officer, token, path: request.path };
      if (isForm && !isSame(form.get(TOKEN), token)) return askAgain(form, { ...shell, status: 403 });
      try {
        if (!isAtLeast(officer, who)) throw new Forbidden(`Only ${who}s may do this`);
        return await answer({
          request,
          officer,
          form,
          secret,
          page: (template, content, status) => pages.page(template, content, { ...shell, status }),
        });
      } catch (error) {
        return problemPage(pages, error, shell);
      }
    }

    /** Nothing that was filled in is lost with a session: who has signed in again sends it once more. */
    const askAgain = (form: Form, shell: { path: string; status: number; token?: string }) =>
      pages.page(
        againTemplate,
        {
          title: shell.status === 401 ? 'You have been signed out' : 'Send this again',
          fields: form.fields.filter(([name]) => name !== TOKEN),
          hasFiles: form.hasFiles,
          to: shell.path,
        },
        shell,
      );

    return { method, path, answer: guard };
  };

/**
 * Browsers say where a form comes from: the newer in Sec-Fetch-Site, all in Origin. Who says nothing is none.
 * @throws Forbidden
 */
function refuseForeign(request: HttpRequest, origin: string) {
  const site = request.header('sec-fetch-site');
  const from = request.header('origin');
  const isOurs =
    (site !== undefined || from !== undefined) &&
    (site ?? 'same-origin') === 'same-origin' &&
    (from ?? origin) === origin;
  if (!isOurs) throw new Forbidden('This form was not sent from a page of the console');
}

const signInFor = ({ path, query }: HttpRequest) => {
  const search = query.toString();
  return `/console/sign-in?${new URLSearchParams({ return: search ? `${path}?${search}` : path })}`;
};

function isSame(given: string | undefined, right: string) {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
