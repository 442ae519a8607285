import { createHash } from 'node:crypto';
import type { Force } from '../../../shared/force/force.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import icon from './icon.svg?asset';
import script from './site.client.ts?asset';
import styles from './site.scss?asset';

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Asset = { path: string; type: string; body: string | Uint8Array };
export type Look = ReturnType<typeof lookOf>;

/** The colour that the icon is drawn in. */
const ICON_COLOUR = /#0b2f5c/g;

/** What pages look like for this force: the files they need, and where those are. */
export function lookOf({ look: { colour } }: Pick<Force, 'look'>, picture?: Uint8Array) {
  const inColour = ({ path, type }: Asset, body: string): Asset => ({
    // Another colour is another file.
    path: path.replace(/\.\w+$/, (extension) => `-${colour.slice(1)}${extension}`),
    type,
    body,
  });
  const coloured = {
    styles: inColour(styles, `:root{--force:${colour}}${styles.body}`),
    icon: inColour(icon, icon.body.replace(ICON_COLOUR, colour)),
  };
  const shown = picture && pictureOf(picture);
  const files: Asset[] = [coloured.styles, coloured.icon, script, ...(shown ? [shown] : [])];
  return {
    colour,
    styles: coloured.styles.path,
    icon: coloured.icon.path,
    script: script.path,
    picture: shown?.path,
    routes: files.map(fileRoute),
  };
}

const pictureOf = (body: Uint8Array): Asset => ({
  path: `/assets/picture-${createHash('sha256').update(body).digest('base64url').slice(0, 10)}.png`,
  type: 'image/png',
  body,
});

/** Its address changes with it, so it may be kept for a year. */
const fileRoute = ({ path, type, body }: Asset): Route => ({
  method: 'GET',
  path,
  answer: () => ({
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
    body,
  }),
});
