import picture from 'force-picture?asset';
import { hash } from 'node:crypto';
import type { Force } from '../../../shared/force/force.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { lookOf } from '../../../shared/views/look.ts';
import { framedHeaders, pageHeaders, personalHeaders } from '../../../shared/views/security.ts';
import type { Template } from '../../../shared/views/template.ts';
import type { SiteWords } from '../english.ts';
import script from './site.client.ts?asset';
import styles from './site.scss?asset';

export type Content = { title: string; description?: string; [name: string]: unknown };
export type Page = { body: string; etag: string };
export type Pages = ReturnType<typeof pages>;

export type PagesDeps = {
  force: Force;
  origin: string;
  words: SiteWords;
};

/** Templates made into answers, each with what every page shows. */
export function pages({ force, origin, words }: PagesDeps) {
  const look = lookOf(force, { styles, script, picture });
  const filled = (template: Template, content: Content, path: string, isPersonal: boolean) =>
    template({ ...content, force, origin, words, look, path, isPersonal });

  /** A page that is the same for everybody. */
  function made(template: Template, content: Content, path: string): Page {
    const body = filled(template, content, path, false);
    return { body, etag: `W/"${hash('sha256', body, 'base64url').slice(0, 22)}"` };
  }

  /** Kept at the edge for a minute, and then until it is renewed. */
  function answer(request: HttpRequest, { body, etag }: Page): HttpResponse {
    const headers = {
      ...pageHeaders,
      'cache-control': 'public, max-age=60, stale-while-revalidate=300',
      'referrer-policy': 'same-origin',
      etag,
    };
    const known = request.header('if-none-match')?.split(',') ?? [];
    return known.some((each) => each.trim().replace(/^W\//, '') === etag.slice(2))
      ? { status: 304, headers }
      : { status: 200, headers, body };
  }

  const shared = (request: HttpRequest, template: Template, content: Content): HttpResponse =>
    answer(request, made(template, content, request.path));

  const personal = (template: Template, content: Content, status = 200): HttpResponse => ({
    status,
    headers: personalHeaders,
    body: filled(template, content, '', true),
  });

  /** A page that all will see, before they do: in a frame of the console. */
  const framed = (template: Template, content: Content, path: string): HttpResponse => ({
    status: 200,
    headers: framedHeaders,
    body: filled(template, { ...content, isFramed: true }, path, false),
  });

  return {
    made,
    answer,
    shared,
    personal,
    framed,
    words,
    /** The address of what is shown beside links to the site. */
    picture: `${origin}${picture}`,
  };
}
