import { Conflict, Forbidden, Gone, Invalid, NotFound, Stale, TooMany } from '../runtime/errors.ts';
import { causeOf, log } from '../runtime/log.ts';
import type { HttpResponse } from './response.ts';

export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
  constructor(limit: number) {
    super(`The body is larger than ${Math.round(limit / 1024)} KiB`);
  }
}

/** The body has no meaning at all: not JSON, not CSV. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** A header the request needs is not there. */
export class PreconditionRequired extends Error {
  override name = 'PreconditionRequired';
}

export class UnsupportedMediaType extends Error {
  override name = 'UnsupportedMediaType';
}

/** No token, or one that does not hold. */
export class Unauthenticated extends Error {
  override name = 'Unauthenticated';
}

/** The address is there, and answers other methods. */
export class MethodNotAllowed extends Error {
  override name = 'MethodNotAllowed';
  /** As the Allow header has them. */
  readonly allow: string;
  constructor(allow: string) {
    super(`Only ${allow} can be asked of this address`);
    this.allow = allow;
  }
}

const kinds = [
  { error: Unreadable, status: 400, title: 'The request cannot be read' },
  { error: Unauthenticated, status: 401, title: 'Sign in first', headers: { 'www-authenticate': 'Bearer' } },
  { error: Forbidden, status: 403, title: 'Not yours to do' },
  { error: NotFound, status: 404, title: 'Not found' },
  { error: MethodNotAllowed, status: 405, title: 'Not that way' },
  { error: Conflict, status: 409, title: 'The state of it forbids this' },
  { error: Gone, status: 410, title: 'No longer there' },
  { error: Stale, status: 412, title: 'Somebody changed it first' },
  { error: BodyTooLarge, status: 413, title: 'Too large' },
  { error: UnsupportedMediaType, status: 415, title: 'Not a form we read' },
  { error: Invalid, status: 422, title: 'Something sent is not right' },
  { error: PreconditionRequired, status: 428, title: 'Say which version you read' },
  { error: TooMany, status: 429, title: 'Too many requests' },
];

/** What a problem document of each status is called. */
export const problemTitles = new Map(kinds.map(({ status, title }) => [status, title]));

/** The status of an error, its title, and what the caller may know of it. */
export function problemOf(error: unknown) {
  const kind = kinds.find((each) => error instanceof each.error);
  if (kind && error instanceof Error) {
    const { status, title, headers } = kind;
    return { status, title, detail: error.message, headers };
  }
  log.error('a request failed', causeOf(error));
  return { status: 500, title: 'Something went wrong', detail: 'It is our fault. Try again in a minute.' };
}

/** An RFC 9457 problem document. */
export function problemResponse(error: unknown): HttpResponse {
  const { status, title, detail, headers } = problemOf(error);
  const errors = error instanceof Invalid ? error.faults : undefined;
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
      ...(error instanceof MethodNotAllowed ? { allow: error.allow } : {}),
      ...(error instanceof TooMany ? { 'retry-after': String(error.retryAfterSeconds) } : {}),
    },
    body: JSON.stringify({ type: 'about:blank', title, status, detail, errors }),
  };
}
