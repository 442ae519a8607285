import { createHash } from 'node:crypto';
import type { Force } from '../force/force.ts';
import type { Route } from '../http/http-handler.ts';
import { NotFound } from '../runtime/errors.ts';
import icon from './icon.svg?asset';

/** What importing `x?asset` gives. */
export type Asset = { path: string; type: string; body: string };

type Served = { path: string; type: string; body: () => string | Uint8Array };
export type Look = ReturnType<typeof lookOf>;

/** The colour that the icon is drawn in. */
const ICON_COLOUR = /#0b2f5c/g;

/** What pages look like for this force: the files they need, and where those are. */
export function lookOf(
  { look: { colour } }: Pick<Force, 'look'>,
  {
    styles,
    script,
    picture,
    folder = '/assets',
  }: { styles: Asset; script: Asset; picture?: Uint8Array; folder?: string },
) {
  const at = (path: string) => path.replace('/assets', folder);
  const inColour = ({ path, type }: { path: string; type: string }, body: () => string): Served => ({
    // Another colour is another file.
    path: at(path).replace(/\.\w+$/, (extension) => `-${colour.slice(1)}${extension}`),
    type,
    body,
  });
  const files = {
    styles: inColour(styles, () => `:root{--force:${colour}}${styles.body}`),
    icon: inColour(icon, () => icon.body.replace(ICON_COLOUR, colour)),
    script: { path: at(script.path), type: script.type, body: () => script.body },
    picture: picture && pictureOf(picture),
  };
  return {
    colour,
    styles: files.styles.path,
    icon: files.icon.path,
    script: files.script.path,
    picture: files.picture?.path,
    route: filesRoute(
      folder,
      Object.values(files).filter((file) => file !== undefined),
    ),
  };
}

const pictureOf = (body: Uint8Array): Served => ({
  path: `/assets/picture-${createHash('sha256').update(body).digest('base64url').slice(0, 10)}.png`,
  type: 'image/png',
  body: () => body,
});

/**
 * A file's address changes with it, so it may be kept for a year. A page that was kept from before a deployment names
 * a file of then: it gets what there is now, for a minute, and not a page without styles.
 */
const filesRoute = (folder: string, files: Served[]): Route => ({
  method: 'GET',
  path: `${folder}/{file}`,
  answer: ({ path, params }) => {
    const same = files.find((each) => each.path === path);
    const file = same ?? files.find((each) => kindOf(each.path) === kindOf(`${folder}/${params.file}`));
    if (!file) throw new NotFound('There is no such file');
    return {
      status: 200,
      headers: {
        'content-type': file.type,
        'cache-control': same ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
        'x-content-type-options': 'nosniff',
      },
      body: file.body(),
    };
  },
});

/** `/assets/site-eIHJaFuPIn-0b2f5c.css` is a `site.css`. */
const kindOf = (path: string) => path.replace(/^.*\/([a-z]+)-[\w-]+(\.\w+)$/, '$1$2');
