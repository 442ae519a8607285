import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;
export type Call = { body?: unknown; headers?: Record<string, string>; clientAddress?: string };

/** Calls an HTTP handler as API Gateway does; an object as the body travels as JSON. */
export async function call(
  handler: Handler,
  method: string,
  address: string,
  { body, headers = {}, clientAddress = '192.0.2.1' }: Call = {},
) {
  const [path = '/', query = ''] = address.split('?');
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const answer = await handler(
    {
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: query,
      headers,
      isBase64Encoded: false,
      body: text,
      requestContext: {
        http: { method, path, protocol: 'HTTP/1.1', sourceIp: clientAddress, userAgent: 'test' },
      },
    } as APIGatewayProxyEventV2,
    { getRemainingTimeInMillis: () => 30_000 } as Context,
  );
  const isJson = String(answer.headers?.['content-type']).includes('json');
  return {
    status: answer.statusCode ?? 200,
    headers: answer.headers ?? {},
    text: answer.body ?? '',
    body: isJson && answer.body ? JSON.parse(answer.body) : undefined,
  };
}
