import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import { FunctionFailed } from './function-pool.ts';
import type { Functions } from './functions.ts';
import { toEvent, toReply } from './http-api-event.ts';
import { chooseRoute, readRoute } from './http-api-routes.ts';
import { jsonHttpReply, type Origin } from './http-message.ts';
import type { Resources } from './resources.ts';

const apiSchema = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal('HTTP'),
  Description: z.unknown().optional(),
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  Tags: z.unknown().optional(),
});
const stageSchema = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default'),
  AutoDeploy: z.literal(true),
  AccessLogSettings: z.unknown().optional(),
  // A laptop's only client is its owner.
  DefaultRouteSettings: z.unknown().optional(),
  Description: z.unknown().optional(),
  Tags: z.unknown().optional(),
});
const integrationSchema = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.unknown().optional(),
  Description: z.unknown().optional(),
});
const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.literal('NONE').optional(),
  OperationName: z.unknown().optional(),
});

/** API Gateway takes no more than this. */
export const mostBytes = 10 * 1024 * 1024;

/** The template's HTTP APIs as origins, by their domain. */
export function openHttpApis(resources: Resources, functions: Functions): Map<string, Origin> {
  const stages = resources.ofType('AWS::ApiGatewayV2::Stage', stageSchema);
  const integrations = resources.ofType('AWS::ApiGatewayV2::Integration', integrationSchema);
  const routes = resources.ofType('AWS::ApiGatewayV2::Route', routeSchema);
  return new Map(
    resources.ofType('AWS::ApiGatewayV2::Api', apiSchema).map((api) => {
      const stage = stages.find(({ properties }) => properties.ApiId === api.ref);
      if (!stage) throw new CannotRun(`${api.logicalId}: it has no stage`);
      const own = routes
        .filter(({ properties }) => properties.ApiId === api.ref)
        .map(({ logicalId, properties }) => {
          const target = properties.Target.slice('integrations/'.length);
          const integration = integrations.find(({ ref }) => ref === target);
          if (!integration) throw new CannotRun(`${logicalId}: there is no integration ${target}`);
          const fn = functions.find(integration.properties.IntegrationUri, integration.logicalId);
          return { ...readRoute(properties.RouteKey, logicalId), fn };
        });
      const domain = (api.attributes.ApiEndpoint ?? '').replace('https://', '');
      const place = { id: api.ref, domain, stage: stage.properties.StageName };
      return [domain, origin(own, place)] as const;
    }),
  );
}

type BoundRoute = ReturnType<typeof readRoute> & { fn: { invoke: (event: unknown) => Promise<unknown> } };

const origin =
  (routes: BoundRoute[], place: Parameters<typeof toEvent>[2]): Origin =>
  async (request) => {
    if (request.body.length > mostBytes) return message(413, 'Request Entity Too Large');
    const path = decoded(request.path);
    if (path === undefined) return message(400, 'Bad Request');
    const chosen = chooseRoute(routes, request.method, path);
    if (!chosen) return message(404, 'Not Found');
    const { route, parameters } = chosen;
    try {
      return toReply(
        await route.fn.invoke(toEvent({ ...request, path }, { key: route.key, parameters }, place)),
      );
    } catch (error) {
      if (error instanceof FunctionFailed && error.timedOut) return message(503, 'Service Unavailable');
      return message(500, 'Internal Server Error');
    }
  };

/** HTTP APIs match and hand over the decoded path, `rawPath` included, whatever it is called. */
function decoded(path: string) {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const message = (status: number, text: string) => jsonHttpReply(status, { message: text });
