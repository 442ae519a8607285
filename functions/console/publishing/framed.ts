import type { HttpResponse } from '../../../shared/http/response.ts';
import { framedHeaders } from '../../../shared/views/security.ts';

/** An e-mail as a mail program shows it, in a frame of the console: with its own styles, and unable to do anything. */
export const framed = (html: string): HttpResponse => ({
  status: 200,
  headers: {
    ...framedHeaders,
    'content-security-policy':
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  },
  body: html,
});
