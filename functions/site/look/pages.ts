import { createHash } from 'node:crypto';
import type { Force } from '../../../shared/force/force.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import type { Template } from '../../../shared/views/template.ts';
import type { SiteWords } from '../english.ts';
import { contentSecurityPolicy, lookOf } from './look.ts';

export type Content = { title: string; description?: string; [name: string]: unknown };
export type Pages = ReturnType<typeof pages>;

const security = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

export type PagesDeps = {
  force: Force;
  origin: string;
  words: SiteWords;
  /** Shown beside links to the site. */
  picture?: () => Uint8Array;
};

/** Templates made into answers, each with what every page shows. */
export function pages({ force, origin, words, picture }: PagesDeps) {
  const look = lookOf(force, picture?.());
  const filled = (template: Template, content: Content, path: string, isPersonal: boolean) =>
    template({ ...content, force, origin, words, look, path, isPersonal });

  /** A page that is the same for everybody: kept at the edge for a minute, and then until it is renewed. */
  function shared(request: HttpRequest, template: Template, content: Content): HttpResponse {
    const body = filled(template, content, request.path, false);
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const headers = {
      ...security,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=60, stale-while-revalidate=300',
      'referrer-policy': 'same-origin',
      etag,
    };
    const known = request.header('if-none-match')?.split(',') ?? [];
    return known.some((each) => each.trim().replace(/^W\//, '') === etag.slice(2))
      ? { status: 304, headers }
      : { status: 200, headers, body };
  }

  /** A page for one person, or one that was not meant to be: nothing keeps it, and no link of it tells where it was. */
  const personal = (template: Template, content: Content, status = 200): HttpResponse => ({
    status,
    headers: {
      ...security,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
    body: filled(template, content, '', true),
  });

  return { shared, personal, words, files: look.route };
}
