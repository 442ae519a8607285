import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import { compress } from './edge-compression.ts';
import { forward } from './edge-forwarding.ts';
import { headersPolicies } from './edge-headers.ts';
import { originsSchema, originTargets } from './edge-origins.ts';
import { forwardingPolicies } from './edge-policies.ts';
import { type HttpReply, type HttpRequest, type Origin, textReply } from './http-message.ts';
import type { Resources } from './resources.ts';
import { type ViewerFunction, viewerCode, viewerFunction } from './viewer-function.ts';
import { viewerResponse } from './viewer-response.ts';

const behavior = z.strictObject({
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachedMethods: z.unknown().optional(),
  CachePolicyId: z.string(),
  Compress: z.boolean().default(false),
  FunctionAssociations: z
    .array(
      z.strictObject({ EventType: z.enum(['viewer-request', 'viewer-response']), FunctionARN: z.string() }),
    )
    .default([]),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  TargetOriginId: z.string(),
  // There is no TLS on localhost.
  ViewerProtocolPolicy: z.unknown().optional(),
});

const schema = z.strictObject({
  DistributionConfig: z.strictObject({
    ...originsSchema,
    CacheBehaviors: z.array(behavior.extend({ PathPattern: z.string() })).default([]),
    DefaultCacheBehavior: behavior,
    Enabled: z.literal(true),
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
  const functions = viewerCode(resources);

  const targetOf = originTargets(config, origins, distribution.logicalId);

  const bind = (pattern: string, given: z.infer<typeof behavior>) => {
    const codeFor = (event: 'viewer-request' | 'viewer-response') => {
      const association = given.FunctionAssociations.find(({ EventType }) => EventType === event);
      const code = association && functions.get(association.FunctionARN);
      if (association && !code)
        throw new CannotRun(`${distribution.logicalId}: there is no ${association.FunctionARN}`);
      return code;
    };
    const [onRequest, onResponse] = [codeFor('viewer-request'), codeFor('viewer-response')];
    return {
      matches: pathMatcher(pattern),
      methods: given.AllowedMethods,
      policies: [given.CachePolicyId, given.OriginRequestPolicyId].flatMap((id) =>
        id ? [forwarding(id)] : [],
      ),
      dress: given.ResponseHeadersPolicyId ? headers(given.ResponseHeadersPolicyId) : undefined,
      compress: given.Compress,
      viewer: onRequest ? viewerFunction(onRequest) : undefined,
      atLast: onResponse ? viewerResponse(onResponse) : async (reply: HttpReply) => reply,
      ask: targetOf(given.TargetOriginId),
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
    return chosen.atLast(chosen.dress ? chosen.dress(compressed, request.headers.origin) : compressed);
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
