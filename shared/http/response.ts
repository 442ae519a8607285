import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export type HttpResponse = {
  status: number;
  headers?: Record<string, string>;
  cookies?: string[];
  /** Bytes travel as base64. */
  body?: string | Uint8Array;
};

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

export const toLambdaResponse = ({
  status,
  body,
  ...rest
}: HttpResponse): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  ...rest,
  ...(typeof body === 'object'
    ? { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
    : { body }),
});
