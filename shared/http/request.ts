import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { z } from 'zod';
import { Invalid } from '../runtime/errors.ts';
import { BodyTooLarge, Unreadable } from './problem.ts';

export type HttpRequest = ReturnType<typeof toRequest>;

/** Bytes a body may have, unless the route says otherwise. */
const MAX_BODY = 256 * 1024;

/**
 * What a route needs of the HTTP argument. Reading a body throws BodyTooLarge or Unreadable.
 * @param edgeProof what the edge sends along: then it is believed where the viewer is
 */
export function toRequest(event: APIGatewayProxyEventV2, edgeProof?: string) {
  const bytes = (limit = MAX_BODY) => {
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    if (body.length > limit) throw new BodyTooLarge(limit);
    return body;
  };
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    params: decoded(event.pathParameters),
    query: new URLSearchParams(event.rawQueryString),
    /** A header, whatever its case. */
    header: (name: string): string | undefined => event.headers[name.toLowerCase()],
    cookies: event.cookies ?? [],
    /** The address the connection came from, for limits only: never logged. */
    clientAddress: viewerAddress(event, edgeProof) ?? event.requestContext.http.sourceIp,
    bytes,
    json: () => parseJson(bytes().toString('utf8')),
    form: () => new URLSearchParams(bytes().toString('utf8')),
  };
}

/**
 * What the schema makes of the value.
 * @throws Invalid with a JSON pointer to each fault
 */
export function accept<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Invalid(faultsOf(parsed.error));
}

/** Each fault with its JSON pointer; unknown members one by one. */
export const faultsOf = (error: z.ZodError) =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: pointer([...issue.path, key]),
          message: 'is not a known member',
        }))
      : [{ pointer: pointer(issue.path), message: wordsOf(issue) }],
  );

const wordsOf = (issue: z.core.$ZodIssue) =>
  issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('undefined')
    ? 'is missing'
    : issue.message.replace(/^Invalid option: expected one of /, 'must be one of ').replaceAll('"|"', '", "');

const pointer = (path: PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The address that CloudFront saw, without its port: `198.51.100.1:443`, `2001:db8::1:443`. */
function viewerAddress({ headers }: APIGatewayProxyEventV2, edgeProof: string | undefined) {
  if (!edgeProof || headers['streetmeet-edge'] !== edgeProof) return undefined;
  return headers['cloudfront-viewer-address']?.replace(/:\d+$/, '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unreadable(`The body is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

const decoded = (parameters: Record<string, string | undefined> = {}) =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, decode(value)]],
    ),
  ) as Record<string, string>;

function decode(value: string) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
