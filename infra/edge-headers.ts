import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import {
  Function as EdgeFunction,
  FunctionCode,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** What the edge adds to every answer. A header that a page sets itself stays. */
export function edgeHeaders(scope: Construct) {
  const security = {
    strictTransportSecurity: {
      accessControlMaxAge: Duration.days(365),
      includeSubdomains: true,
      override: true,
    },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override: false },
    // Manage links are in addresses: they must not travel to other sites.
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: false },
  };
  return {
    pages: new ResponseHeadersPolicy(scope, 'PageHeaders', {
      comment: 'Pages and API',
      securityHeadersBehavior: security,
    }),
    calendars: new ResponseHeadersPolicy(scope, 'CalendarHeaders', {
      comment: 'Calendars: any site may read them',
      securityHeadersBehavior: security,
      corsBehavior: {
        accessControlAllowOrigins: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD'],
        accessControlAllowHeaders: ['*'],
        accessControlExposeHeaders: ['ETag', 'Last-Modified'],
        accessControlAllowCredentials: false,
        originOverride: true,
      },
      customHeadersBehavior: {
        customHeaders: [{ header: 'Vary', value: 'Accept-Encoding', override: true }],
      },
    }),
  };
}

/** What the edge keeps, browsers ask for again. */
export const askAgain = (scope: Construct) =>
  new EdgeFunction(scope, 'AskAgain', {
    comment: 'Browsers ask again for pages that the edge may keep',
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(readFileSync(new URL('ask-again.js', import.meta.url), 'utf8')),
  });
