import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Force } from '../../../shared/force/force.ts';
import { json } from '../../../shared/http/response.ts';
import { openApiDocument } from './document.ts';
import { type ApiRoute, jsonForm, ok } from './operation.ts';

/** The routes with one more, which describes them all. */
export function withDocument(routes: ApiRoute[], setting: { force: Force; origin: string }): ApiRoute[] {
  let made: { text: string; etag: string } | undefined;

  /** Made when first asked for: most calls of the function never are. */
  function document() {
    const text = JSON.stringify(openApiDocument(all, setting));
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"` };
  }

  const all: ApiRoute[] = [
    ...routes,
    {
      method: 'GET',
      path: '/api/v1/openapi.json',
      answer: (request) => {
        made ??= document();
        const headers = { 'cache-control': 'public, max-age=3600', etag: made.etag };
        if (request.header('if-none-match')?.includes(made.etag)) return { status: 304, headers };
        return { ...json(200, undefined, headers), body: made.text };
      },
      operation: {
        id: 'getOpenApi',
        summary: 'This document',
        about: 'For machines',
        who: 'anybody',
        answers: [
          ok(jsonForm('OpenApi', z.looseObject({ openapi: z.string() }), { openapi: '3.1.1' }), 'OpenAPI', [
            'ETag',
            'Cache-Control',
          ]),
          { status: 304, description: 'It is as you have it' },
        ],
      },
    },
  ];
  return all;
}
