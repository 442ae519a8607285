import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export type HttpResponse = {
  status: number;
  headers?: Record<string, string>;
  cookies?: string[];
  body?: string;
};

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

export const toLambdaResponse = ({ status, ...rest }: HttpResponse): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  ...rest,
});
