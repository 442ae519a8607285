/** What a page may load and do: only what comes from here. */
export const policyOf = (more: string[] = [], framedBy = "'none'") =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    ...more,
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framedBy}`,
  ].join('; ');

export const contentSecurityPolicy = policyOf();

/** What every page says to browsers. */
export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'content-type': 'text/html; charset=utf-8',
};

/** Of a page for one person, or one that was not meant to be: nothing keeps it, and no link of it tells where it was. */
export const personalHeaders = {
  ...pageHeaders,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

/** Of a page that only the console shows, in a frame: it looks as it will, and is unable to do anything. */
export const framedHeaders = {
  ...personalHeaders,
  'content-security-policy': policyOf(['sandbox'], "'self'"),
  'x-frame-options': 'SAMEORIGIN',
};
