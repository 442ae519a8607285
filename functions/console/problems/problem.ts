import { problemOf } from '../../../shared/http/problem.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import type { Officer } from '../../../shared/identity/officer.ts';
import type { ConsolePages } from '../look/pages.ts';
import { SignInFailed } from '../sign-in/issuer.ts';
import template from './problem.njk';

const titles: Record<number, string> = {
  400: 'We cannot read this',
  403: 'You may not do this',
  404: 'Page not found',
  405: 'Page not found',
  409: 'This cannot be done now',
  412: 'Somebody changed it first',
  413: 'This is too large',
  422: 'Something in this form is not right',
};

type Shell = { officer?: Officer; token?: string; path?: string };

/** A page for an error that says why, with a way on. */
export function problemPage(pages: ConsolePages, error: unknown, shell: Shell = {}): HttpResponse {
  if (error instanceof SignInFailed)
    return pages.page(
      template,
      { title: 'You are not signed in', text: [error.message], way: { text: 'Sign in', href: '/console' } },
      { ...shell, status: 400 },
    );
  const { status, detail } = problemOf(error);
  return pages.page(
    template,
    {
      title: titles[status] ?? 'Sorry, something went wrong',
      text: [/[.!?]$/.test(detail) ? detail : `${detail}.`],
      way: { text: 'Go to the list of events', href: '/console' },
    },
    { ...shell, status },
  );
}
