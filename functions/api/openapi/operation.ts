import * as z from 'zod';
import type { Route } from '../../../shared/http/http-handler.ts';

/** A route with what the API's document says of it, so that neither can be without the other. */
export type ApiRoute = Route & { operation: Operation };

export type Operation = {
  id: string;
  summary: string;
  description?: string;
  about: 'Reference' | 'Events' | 'Imports' | 'Subscriptions' | 'Officers' | 'For machines';
  /** Who may ask; `either` sees more with a token. */
  who: 'anybody' | 'officer' | 'either';
  /** The schema that reads the query. */
  query?: z.ZodObject;
  headers?: HeaderName[];
  body?: Body;
  answers: Answer[];
  /** Statuses of the problem documents it may answer, beside those that every route may. */
  problems?: number[];
};

/** `named` gives a JSON schema a name of its own in the document. */
export type Named = { named: string; schema: z.ZodType };
export type Body = { isOptional?: boolean; forms: Form[] };
export type Form = { type: string; content?: Named; example?: unknown; description?: string };
export type Answer = {
  status: number;
  description: string;
  headers?: ('ETag' | 'Location' | 'Cache-Control')[];
  forms?: Form[];
};

export const headers = {
  'If-Match': { required: true, description: 'The ETag of the event as it was read, or `*`', example: '"3"' },
  'Idempotency-Key': {
    required: false,
    description: 'Any text. The same request with the same key within 24 hours makes nothing new',
    example: '5f1c7b0e-6f0b-4f57-9a55-0d8d2b8f4a11',
  },
};
export type HeaderName = keyof typeof headers;

export const jsonForm = (named: string, schema: z.ZodType, example: unknown): Form => ({
  type: 'application/json',
  content: { named, schema },
  example,
});

/** 200 with JSON. */
export const ok = (form: Form, description = 'As asked', headers?: Answer['headers']): Answer => ({
  status: 200,
  description,
  headers,
  forms: [form],
});

export const listOf = (items: z.ZodType) =>
  z.strictObject({
    items: z.array(items),
    cursor: z.string().nullable().meta({ description: 'Send it as `cursor` for what follows' }),
  });

export const listExample = (...items: unknown[]) => ({ items, cursor: null });
