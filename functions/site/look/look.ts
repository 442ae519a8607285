import type { Route } from '../../../shared/http/http-handler.ts';
import icon from './icon.svg?asset';
import script from './site.client.ts?asset';
import styles from './site.scss?asset';

export const look = { styles: styles.path, script: script.path, icon: icon.path };

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Their address changes with them, so they may be kept for a year. */
export const assetRoutes: Route[] = [styles, script, icon].map(({ path, type, body }) => ({
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
}));
