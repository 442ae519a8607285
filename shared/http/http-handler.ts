import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { NotFound } from '../runtime/errors.ts';
import { type HttpRequest, toRequest } from './request.ts';
import { type HttpResponse, toLambdaResponse } from './response.ts';

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As middy's router has it: `/events/{id}`. */
  path: string;
  answer: (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;
};

/** A Lambda handler that answers these routes; HEAD as GET; errors as `onError` puts them. */
export function httpHandler(routes: Route[], onError: (error: unknown) => HttpResponse) {
  const routed = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
    routes: routes.flatMap(({ method, path, answer }) =>
      (method === 'GET' ? (['GET', 'HEAD'] as const) : [method]).map((each) => ({
        method: each,
        path,
        handler: async (event: APIGatewayProxyEventV2) => toLambdaResponse(await answer(toRequest(event))),
      })),
    ),
    notFoundResponse: ({ path }) => {
      throw new NotFound(`There is nothing at ${path}`);
    },
  });
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(httpHeaderNormalizer())
    .onError(async (request) => {
      request.response = toLambdaResponse(onError(request.error));
    })
    .handler(routed);
}
