import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import type { Resources } from './resources.ts';

const behavior = z.enum(['none', 'whitelist', 'allExcept', 'all']);
const cookies = z.strictObject({ CookieBehavior: behavior, Cookies: z.array(z.string()).default([]) });
const queries = z.strictObject({
  QueryStringBehavior: behavior,
  QueryStrings: z.array(z.string()).default([]),
});
const header = z.strictObject({
  HeaderBehavior: z.enum(['none', 'whitelist', 'allViewer', 'allViewerAndWhitelistCloudFront', 'allExcept']),
  Headers: z.array(z.string().toLowerCase()).default([]),
});

const cachePolicy = z.strictObject({
  CachePolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: z.unknown().optional(),
    // Nothing is kept at this edge, so how long does not matter.
    DefaultTTL: z.unknown().optional(),
    MaxTTL: z.unknown().optional(),
    MinTTL: z.unknown().optional(),
    ParametersInCacheKeyAndForwardedToOrigin: z.strictObject({
      CookiesConfig: cookies,
      HeadersConfig: header,
      QueryStringsConfig: queries,
      EnableAcceptEncodingBrotli: z.boolean().default(false),
      EnableAcceptEncodingGzip: z.boolean().default(false),
    }),
  }),
});

const originRequestPolicy = z.strictObject({
  OriginRequestPolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: z.unknown().optional(),
    CookiesConfig: cookies,
    HeadersConfig: header,
    QueryStringsConfig: queries,
  }),
});

export type Forwarding = {
  cookies: z.infer<typeof cookies>;
  headers: z.infer<typeof header>;
  queries: z.infer<typeof queries>;
  acceptEncoding: boolean;
};

const nothing: Forwarding = {
  cookies: { CookieBehavior: 'none', Cookies: [] },
  headers: { HeaderBehavior: 'none', Headers: [] },
  queries: { QueryStringBehavior: 'none', QueryStrings: [] },
  acceptEncoding: false,
};
const everything: Forwarding = {
  cookies: { CookieBehavior: 'all', Cookies: [] },
  headers: { HeaderBehavior: 'allViewer', Headers: [] },
  queries: { QueryStringBehavior: 'all', QueryStrings: [] },
  acceptEncoding: false,
};

/** CloudFront's own policies, by the ids AWS documents. */
const managed: Record<string, Forwarding> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': nothing, // CachingDisabled
  '658327ea-f89d-4fab-a63d-7e88639e58f6': { ...nothing, acceptEncoding: true }, // CachingOptimized
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': nothing, // CachingOptimizedForUncompressedObjects
  '216adef6-5c7f-47e4-b989-5492eafa07d3': everything, // AllViewer
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': {
    ...everything,
    headers: { HeaderBehavior: 'allExcept', Headers: ['host'] }, // AllViewerExceptHostHeader
  },
};

/** What the template's cache and origin request policies let through, by id. */
export function forwardingPolicies(resources: Resources) {
  const own = new Map<string, Forwarding>([
    ...resources.ofType('AWS::CloudFront::CachePolicy', cachePolicy).map(({ ref, properties }) => {
      const { CookiesConfig, HeadersConfig, QueryStringsConfig, ...encodings } =
        properties.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin;
      const acceptEncoding = encodings.EnableAcceptEncodingBrotli || encodings.EnableAcceptEncodingGzip;
      return [
        ref,
        { cookies: CookiesConfig, headers: HeadersConfig, queries: QueryStringsConfig, acceptEncoding },
      ] as const;
    }),
    ...resources
      .ofType('AWS::CloudFront::OriginRequestPolicy', originRequestPolicy)
      .map(({ ref, properties }) => {
        const { CookiesConfig, HeadersConfig, QueryStringsConfig } = properties.OriginRequestPolicyConfig;
        return [
          ref,
          {
            cookies: CookiesConfig,
            headers: HeadersConfig,
            queries: QueryStringsConfig,
            acceptEncoding: false,
          },
        ] as const;
      }),
  ]);
  /** @throws CannotRun naming a policy that is neither the template's nor a known one of CloudFront's */
  return (id: string): Forwarding => {
    const found = own.get(id) ?? managed[id];
    if (!found) throw new CannotRun(`the CloudFront policy ${id} is not known on one machine`);
    return found;
  };
}
