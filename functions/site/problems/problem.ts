import { problemOf } from '../../../shared/http/problem.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { TooMany } from '../../../shared/runtime/errors.ts';
import type { Pages } from '../look/pages.ts';
import template from './problem.njk';

/** A page for an error, with a way on. */
export function problemOn(pages: Pages, error: unknown): HttpResponse {
  const { status } = problemOf(error);
  const { problems } = pages.words;
  const said =
    {
      400: problems.unreadable,
      404: problems.notFound,
      405: problems.notFound,
      410: problems.gone,
      413: problems.unreadable,
      422: problems.unreadable,
      429: problems.tooMany,
    }[status] ?? problems.broken;
  const page = pages.personal(template, { ...said, isOver: status === 410 }, status);
  return error instanceof TooMany
    ? { ...page, headers: { ...page.headers, 'retry-after': String(error.retryAfterSeconds) } }
    : page;
}
