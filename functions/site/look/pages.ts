import picture from 'force-picture?asset';
import type { Force } from '../../../shared/force/force.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { lookOf } from '../../../shared/views/look.ts';
import { framedHeaders, pageHeaders, personalHeaders } from '../../../shared/views/security.ts';
import type { Template } from '../../../shared/views/template.ts';
import type { SiteWords } from '../english.ts';
import { kept } from './kept.ts';
import { digestOf, type Frame, fill, frameOf, type Part } from './parts.ts';
import script from './site.client.ts?asset';
import styles from './site.scss?asset';

export type Content = { title: string; description?: string; [name: string]: unknown };
export type Pages = ReturnType<typeof pages>;

export type PagesDeps = {
  force: Force;
  origin: string;
  words: SiteWords;
};

/** Frames of pages, in some megabytes. */
const MOST_FRAMES = 100;

/** Templates made into answers, each with what every page shows. */
export function pages({ force, origin, words }: PagesDeps) {
  const look = lookOf(force, { styles, script, picture });
  const rendered = (template: Template, content: Content, path: string, isPersonal: boolean) =>
    template({ ...content, force, origin, words, look, path, isPersonal });
  const keepFrame = kept<Frame>(MOST_FRAMES);

  /** Kept at the edge for a minute, and then until it is renewed. */
  function answer(request: HttpRequest, body: string, digest: string): HttpResponse {
    const headers = {
      ...pageHeaders,
      'cache-control': 'public, max-age=60, stale-while-revalidate=300',
      'referrer-policy': 'same-origin',
      etag: `W/"${digest}"`,
    };
    const known = request.header('if-none-match')?.split(',') ?? [];
    return known.some((each) => each.trim().replace(/^W\//, '') === `"${digest}"`)
      ? { status: 304, headers }
      : { status: 200, headers, body };
  }

  /** A page that is the same for everybody. */
  function shared(request: HttpRequest, template: Template, content: Content): HttpResponse {
    const body = rendered(template, content, request.path, false);
    return answer(request, body, digestOf(body));
  }

  /**
   * The same, of parts that were made before.
   * @param more what the template needs besides: it must follow from the content
   */
  function assembled<Shown extends { title: string }>(
    request: HttpRequest,
    template: Template,
    content: Shown,
    parts: Record<string, Part[]>,
    more: (content: Shown) => object = () => ({}),
  ): HttpResponse {
    const frame = keepFrame(`${request.path} ${JSON.stringify(content)}`, () =>
      frameOf(rendered(template, { ...content, ...more(content) }, request.path, false)),
    );
    const { text, digest } = fill(frame, parts);
    return answer(request, text, digest);
  }

  const personal = (template: Template, content: Content, status = 200): HttpResponse => ({
    status,
    headers: personalHeaders,
    body: rendered(template, content, '', true),
  });

  /** A page that all will see, before they do: in a frame of the console. */
  const framed = (template: Template, content: Content, path: string): HttpResponse => ({
    status: 200,
    headers: framedHeaders,
    body: rendered(template, { ...content, isFramed: true }, path, false),
  });

  return {
    shared,
    assembled,
    personal,
    framed,
    words,
    /** The address of what is shown beside links to the site. */
    picture: `${origin}${picture}`,
  };
}
