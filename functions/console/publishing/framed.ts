import type { HttpResponse } from '../../../shared/http/response.ts';
import { personalHeaders } from '../../../shared/views/security.ts';

/** An e-mail as a mail program shows it, in a frame of the console: with its own styles, and unable to do anything. */
export const framed = (html: string): HttpResponse => ({
  status: 200,
  headers: {
    ...personalHeaders,
    'content-security-policy':
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    'x-frame-options': 'SAMEORIGIN',
  },
  body: html,
});
