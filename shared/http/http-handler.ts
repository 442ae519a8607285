import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { NotFound } from '../runtime/errors.ts';
import { MethodNotAllowed } from './problem.ts';
import { type HttpRequest, toRequest } from './request.ts';
import { type HttpResponse, toLambdaResponse } from './response.ts';

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As middy's router has it: `/events/{id}`. */
  path: string;
  answer: (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;
};

/**
 * A Lambda handler that answers these routes; HEAD as GET; OPTIONS, and methods that a path has not got, with those
 * it has; errors as `onError` puts them.
 * @param edgeProof what the edge sends along: then it is believed where the viewer is
 */
export function httpHandler(
  routes: Route[],
  {
    onError,
    edgeProof,
  }: { onError: (error: unknown) => HttpResponse | Promise<HttpResponse>; edgeProof?: string },
) {
  const routed = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
    // The first that matches answers, so the other methods come last.
    routes: [...routes.flatMap(withHead), ...otherMethods(routes)].map(({ method, path, answer }) => ({
      method,
      path,
      handler: async (event: APIGatewayProxyEventV2) =>
        toLambdaResponse(await answer(toRequest(event, edgeProof))),
    })),
    notFoundResponse: ({ path }) => {
      throw new NotFound(`There is nothing at ${path}`);
    },
  });
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(httpHeaderNormalizer())
    .onError(async (request) => {
      request.response = toLambdaResponse(await onError(request.error));
    })
    .handler(routed);
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Answered = Pick<Route, 'path' | 'answer'> & { method: (typeof methods)[number] };

const withHead = (route: Route): Answered[] =>
  route.method === 'GET' ? [route, { ...route, method: 'HEAD' }] : [route];

function otherMethods(routes: Route[]): Answered[] {
  const own = Map.groupBy(routes.flatMap(withHead), ({ path }) => path);
  return [...own].flatMap(([path, same]) => {
    const has = new Set([...same.map(({ method }) => method), 'OPTIONS']);
    const allow = methods.filter((method) => has.has(method)).join(', ');
    const refuse = () => {
      throw new MethodNotAllowed(allow);
    };
    return [
      { method: 'OPTIONS', path, answer: () => ({ status: 204, headers: { allow } }) },
      ...methods
        .filter((method) => !has.has(method))
        .map((method): Answered => ({ method, path, answer: refuse })),
    ];
  });
}
