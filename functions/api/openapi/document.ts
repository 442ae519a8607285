import * as z from 'zod';
import type { Force } from '../../../shared/force/force.ts';
import { problemTitles } from '../../../shared/http/problem.ts';
import { type ApiRoute, type Body, type Form, headers, type Operation } from './operation.ts';
import { schemasOf, uri } from './schemas.ts';

type Json = Record<string, unknown>;

/** What any route may answer to a request that is wrong whatever it asks for. */
const everywhere = [405];

/** OpenAPI 3.1 of these routes, made of the schemas that read the requests. */
export function openApiDocument(
  routes: ApiRoute[],
  { force, origin }: { force: Pick<Force, 'name' | 'timeZone'>; origin: string },
) {
  const paths: Record<string, Json> = {};
  for (const { method, path, operation } of routes)
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(path, operation) };
  return {
    openapi: '3.1.1',
    info: {
      title: `Streetmeet: events of ${force.name}`,
      version: '1',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
      description: `Times are wall time in ${force.timeZone}. Errors are problem documents (RFC 9457).`,
    },
    servers: [{ url: origin }],
    tags: [...new Set(routes.map(({ operation }) => operation.about))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemasOf(routes),
      responses: Object.fromEntries(
        [...problemTitles, [500, 'Something went wrong'] as const].map(([status, title]) => [
          problemName(status),
          problemAnswer(status, title),
        ]),
      ),
      securitySchemes: {
        officer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of the identity provider that officers sign in with (OpenID Connect)',
        },
      },
    },
  };
}

function operationOf(path: string, operation: Operation): Json {
  const { id, summary, description, about, who, body, answers } = operation;
  const problems = [...(operation.problems ?? []), ...everywhere].sort();
  return {
    operationId: id,
    summary,
    description,
    tags: [about],
    security: { anybody: [], either: [{}, { officer: [] }], officer: [{ officer: [] }] }[who],
    parameters: [...pathParameters(path), ...queryParameters(operation), ...headerParameters(operation)],
    requestBody: body && bodyOf(body),
    responses: {
      ...Object.fromEntries(
        answers.map((answer) => [
          answer.status,
          {
            description: answer.description,
            headers:
              answer.headers &&
              Object.fromEntries(answer.headers.map((name) => [name, { schema: { type: 'string' } }])),
            content: answer.forms && contentOf(answer.forms),
          },
        ]),
      ),
      ...Object.fromEntries(
        problems.map((status) => [status, { $ref: `#/components/responses/${problemName(status)}` }]),
      ),
      default: { $ref: `#/components/responses/${problemName(500)}` },
    },
  };
}

const bodyOf = ({ isOptional = false, forms }: Body) => ({
  required: !isOptional,
  content: contentOf(forms),
});

const contentOf = (forms: Form[]) =>
  Object.fromEntries(
    forms.map(({ type, content, example, description }) => [
      type,
      { schema: content ? { $ref: uri(content.named) } : { type: 'string', description }, example },
    ]),
  );

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters({ query }: Operation) {
  if (!query) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Json;
    return { name, in: 'query', required: required.includes(name), description, schema: rest };
  });
}

const headerParameters = ({ headers: names = [] }: Operation) =>
  names.map((name) => ({ name, in: 'header', ...headers[name], schema: { type: 'string' } }));

const problemName = (status: number) => `Problem${status}`;

function problemAnswer(status: number, title: string) {
  const errors = status === 422 ? [{ pointer: '/start', message: 'is missing' }] : undefined;
  return {
    description: title,
    content: {
      'application/problem+json': {
        schema: { $ref: uri('Problem') },
        example: { type: 'about:blank', title, status, detail: title, errors },
      },
    },
  };
}
