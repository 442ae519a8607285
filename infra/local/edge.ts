import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import { forward } from './edge-forwarding.ts';
import { headersPolicies } from './edge-headers.ts';
import { forwardingPolicies } from './edge-policies.ts';
import { type HttpReply, type HttpRequest, type Origin, textReply } from './http-message.ts';
import type { Resources } from './resources.ts';
import { type ViewerFunction, viewerFunctions } from './viewer-function.ts';

const behavior = z.strictObject({
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachedMethods: z.unknown().optional(),
  CachePolicyId: z.string(),
  Compress: z.boolean().default(false),
  FunctionAssociations: z
    .array(z.strictObject({ EventType: z.literal('viewer-request'), FunctionARN: z.string() }))
    .default([]),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  TargetOriginId: z.string(),
  // There is no TLS on localhost.
  ViewerProtocolPolicy: z.unknown().optional(),
});

const schema = z.strictObject({
  DistributionConfig: z.strictObject({
    CacheBehaviors: z.array(behavior.extend({ PathPattern: z.string() })).default([]),
    DefaultCacheBehavior: behavior,
    Enabled: z.literal(true),
    Origins: z.array(
      z.strictObject({
        Id: z.string(),
        DomainName: z.string(),
        OriginPath: z.string().default(''),
        CustomOriginConfig: z.unknown().optional(),
        S3OriginConfig: z.unknown().optional(),
        OriginAccessControlId: z.unknown().optional(),
        OriginCustomHeaders: z
          .array(z.strictObject({ HeaderName: z.string().toLowerCase(), HeaderValue: z.string() }))
          .default([]),
        ConnectionAttempts: z.unknown().optional(),
        ConnectionTimeout: z.unknown().optional(),
      }),
    ),
    Aliases: z.unknown().optional(),
    Comment: z.unknown().optional(),
    HttpVersion: z.unknown().optional(),
    IPV6Enabled: z.unknown().optional(),
    Logging: z.unknown().optional(),
    PriceClass: z.unknown().optional(),
    ViewerCertificate: z.unknown().optional(),
  }),
  Tags: z.unknown().optional(),
});

/**
 * The template's distribution at the one public port. It keeps nothing: each request is asked of its origin, so
 * what has just been published is seen at once.
 */
export function openEdge(resources: Resources, origins: Map<string, Origin>): Origin {
  const [distribution, second] = resources.ofType('AWS::CloudFront::Distribution', schema);
  if (!distribution)
    throw new CannotRun('the template has no distribution, so there is nothing to answer at the port');
  if (second)
    throw new CannotRun(
      `${second.logicalId}: one machine has one port, and ${distribution.logicalId} has it`,
    );
  const config = distribution.properties.DistributionConfig;
  const forwarding = forwardingPolicies(resources);
  const headers = headersPolicies(resources);
  const functions = viewerFunctions(resources);

  const bind = (pattern: string, given: z.infer<typeof behavior>) => {
    const target = config.Origins.find(({ Id }) => Id === given.TargetOriginId);
    const origin = target && origins.get(target.DomainName);
    if (!target || !origin)
      throw new CannotRun(
        `${distribution.logicalId}: nothing here is the origin ${target?.DomainName ?? given.TargetOriginId}`,
      );
    const [association] = given.FunctionAssociations;
    const viewer = association && functions.get(association.FunctionARN);
    if (association && !viewer)
      throw new CannotRun(`${distribution.logicalId}: there is no ${association.FunctionARN}`);
    return {
      matches: pathMatcher(pattern),
      methods: given.AllowedMethods,
      policies: [given.CachePolicyId, given.OriginRequestPolicyId].flatMap((id) =>
        id ? [forwarding(id)] : [],
      ),
      dress: given.ResponseHeadersPolicyId ? headers(given.ResponseHeadersPolicyId) : undefined,
      compress: given.Compress,
      viewer,
      ask: (request: HttpRequest) =>
        origin({
          ...request,
          path: target.OriginPath + request.path,
          headers: {
            ...request.headers,
            ...Object.fromEntries(
              target.OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName, HeaderValue]),
            ),
          },
        }),
    };
  };
  const behaviors = [
    ...config.CacheBehaviors.map((given) => bind(given.PathPattern, given)),
    bind('*', config.DefaultCacheBehavior),
  ];

  return async (request) => {
    const chosen = behaviors.find(({ matches }) => matches(request.path));
    if (!chosen) return textReply(404, 'Not Found');
    if (!chosen.methods.includes(request.method))
      return textReply(403, 'This distribution does not allow this method');
    const seen = await throughViewer(chosen.viewer, request);
    const reply = 'reply' in seen ? seen.reply : await chosen.ask(forward(seen.request, chosen.policies));
    const compressed = chosen.compress ? compress(reply, request) : reply;
    return chosen.dress ? chosen.dress(compressed, request.headers.origin) : compressed;
  };
}

const throughViewer = async (viewer: ViewerFunction | undefined, request: HttpRequest) =>
  viewer ? viewer(request) : { request };

/** CloudFront's patterns: `*` for any text, `?` for one character, with or without the leading slash. */
export function pathMatcher(pattern: string) {
  const source = pattern
    .replace(/^\//, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^/${source}$`, 's');
  return (path: string) => expression.test(path);
}

/** CloudFront's list, as far as we serve any of it: `text/calendar` is not on it. */
const compressible =
  /^(text\/(html|css|plain|xml|csv|javascript|x-component|markdown|richtext)|application\/(json|javascript|xml|rss\+xml|xhtml\+xml|x-javascript|manifest\+json|vnd\.api\+json|ld\+json|graphql)|image\/svg\+xml|font\/(otf|ttf|opentype))\b/;

function compress(reply: HttpReply, { headers }: HttpRequest): HttpReply {
  const type = String(reply.headers['content-type'] ?? '');
  const fits = reply.body.length >= 1000 && reply.body.length <= 10_000_000;
  const wanted = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(headers['accept-encoding'] ?? '');
  if (
    !fits ||
    !wanted ||
    reply.status !== 200 ||
    reply.headers['content-encoding'] ||
    !compressible.test(type)
  )
    return reply;
  const { etag, ...rest } = reply.headers;
  return {
    ...reply,
    headers: {
      ...rest,
      ...(typeof etag === 'string' && { etag: etag.startsWith('W/') ? etag : `W/${etag}` }),
      'content-encoding': 'gzip',
      vary: 'Accept-Encoding',
    },
    body: gzipSync(reply.body),
  };
}
