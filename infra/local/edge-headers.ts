import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import type { HttpReply } from './http-message.ts';
import type { Resources } from './resources.ts';

const items = <Item extends z.ZodType>(item: Item) => z.strictObject({ Items: z.array(item) });
const override = z.boolean();

const schema = z.strictObject({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: z.unknown().optional(),
    CorsConfig: z
      .strictObject({
        AccessControlAllowCredentials: z.boolean(),
        AccessControlAllowHeaders: items(z.string()),
        AccessControlAllowMethods: items(z.string()),
        AccessControlAllowOrigins: items(z.string()),
        AccessControlExposeHeaders: items(z.string()).optional(),
        AccessControlMaxAgeSec: z.number().optional(),
        OriginOverride: override,
      })
      .optional(),
    CustomHeadersConfig: items(
      z.strictObject({ Header: z.string(), Value: z.string(), Override: override }),
    ).optional(),
    RemoveHeadersConfig: items(z.strictObject({ Header: z.string() })).optional(),
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: z
          .strictObject({ ContentSecurityPolicy: z.string(), Override: override })
          .optional(),
        ContentTypeOptions: z.strictObject({ Override: override }).optional(),
        FrameOptions: z.strictObject({ FrameOption: z.string(), Override: override }).optional(),
        ReferrerPolicy: z.strictObject({ ReferrerPolicy: z.string(), Override: override }).optional(),
        // Says nothing without TLS.
        StrictTransportSecurity: z.unknown().optional(),
        XSSProtection: z.unknown().optional(),
      })
      .optional(),
    ServerTimingHeadersConfig: z.unknown().optional(),
  }),
});

type Addition = { name: string; value: string; override: boolean };
export type HeadersPolicy = (reply: HttpReply, origin: string | undefined) => HttpReply;

/** The template's response headers policies, by id. */
export function headersPolicies(resources: Resources) {
  const own = new Map(
    resources
      .ofType('AWS::CloudFront::ResponseHeadersPolicy', schema)
      .map(({ ref, properties }) => [ref, toPolicy(properties.ResponseHeadersPolicyConfig)]),
  );
  /** @throws CannotRun */
  return (id: string): HeadersPolicy => {
    const found = own.get(id);
    if (!found)
      throw new CannotRun(`the CloudFront response headers policy ${id} is not known on one machine`);
    return found;
  };
}

type Config = z.infer<typeof schema>['ResponseHeadersPolicyConfig'];

function toPolicy(config: Config): HeadersPolicy {
  const removed = (config.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header.toLowerCase());
  const fixed = [...securityHeaders(config), ...customHeaders(config)];
  return (reply, origin) => {
    const kept = Object.entries(reply.headers).filter(([name]) => !removed.includes(name));
    const headers: HttpReply['headers'] = Object.fromEntries(kept);
    for (const { name, value, override: wins } of [...fixed, ...corsHeaders(config, origin)])
      if (wins || headers[name] === undefined) headers[name] = value;
    return { ...reply, headers };
  };
}

function securityHeaders({ SecurityHeadersConfig: security }: Config): Addition[] {
  if (!security) return [];
  const { ContentSecurityPolicy: csp, ContentTypeOptions, FrameOptions, ReferrerPolicy } = security;
  return [
    csp && { name: 'content-security-policy', value: csp.ContentSecurityPolicy, override: csp.Override },
    ContentTypeOptions && {
      name: 'x-content-type-options',
      value: 'nosniff',
      override: ContentTypeOptions.Override,
    },
    FrameOptions && {
      name: 'x-frame-options',
      value: FrameOptions.FrameOption,
      override: FrameOptions.Override,
    },
    ReferrerPolicy && {
      name: 'referrer-policy',
      value: ReferrerPolicy.ReferrerPolicy,
      override: ReferrerPolicy.Override,
    },
  ].filter((addition) => addition !== undefined);
}

const customHeaders = ({ CustomHeadersConfig }: Config): Addition[] =>
  (CustomHeadersConfig?.Items ?? []).map(({ Header, Value, Override }) => ({
    name: Header.toLowerCase(),
    value: Value,
    override: Override,
  }));

/** Only answered to requests from other origins. */
function corsHeaders({ CorsConfig: cors }: Config, origin: string | undefined): Addition[] {
  if (!cors || !origin) return [];
  const any = cors.AccessControlAllowOrigins.Items.includes('*');
  if (!any && !cors.AccessControlAllowOrigins.Items.includes(origin)) return [];
  const exposed = cors.AccessControlExposeHeaders?.Items ?? [];
  return [
    { name: 'access-control-allow-origin', value: any ? '*' : origin },
    { name: 'access-control-allow-methods', value: cors.AccessControlAllowMethods.Items.join(', ') },
    { name: 'access-control-allow-headers', value: cors.AccessControlAllowHeaders.Items.join(', ') },
    ...(exposed.length > 0 ? [{ name: 'access-control-expose-headers', value: exposed.join(', ') }] : []),
    ...(cors.AccessControlAllowCredentials
      ? [{ name: 'access-control-allow-credentials', value: 'true' }]
      : []),
    ...(cors.AccessControlMaxAgeSec === undefined
      ? []
      : [{ name: 'access-control-max-age', value: String(cors.AccessControlMaxAgeSec) }]),
  ].map((addition) => ({ ...addition, override: cors.OriginOverride }));
}
