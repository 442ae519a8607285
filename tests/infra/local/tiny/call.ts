import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { S3 } from '@aws-sdk/client-s3';
import { SESv2 } from '@aws-sdk/client-sesv2';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

const clients: Record<string, object> = {
  dynamodb: new DynamoDB({ maxAttempts: 1 }),
  s3: new S3({ maxAttempts: 1 }),
  ses: new SESv2({ maxAttempts: 1 }),
  sns: new SNS({ maxAttempts: 1 }),
  sqs: new SQS({ maxAttempts: 1 }),
};

/** Calls whatever it is told to, with the function's own rights: `{"service": "s3", "operation": "putObject", "input": {}}`. */
export async function handler(event: APIGatewayProxyEventV2) {
  if (event.requestContext.http.method === 'GET')
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event, env: process.env, now: new Date() }),
    };
  const { service, operation, input } = JSON.parse(event.body ?? '{}');
  if (service === 'sleep') await new Promise((resolve) => setTimeout(resolve, input));
  if (service === 'exit') process.exit(1);
  const own = Object.fromEntries(
    Object.entries(input as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('$') ? process.env[value.slice(1)] : value,
    ]),
  );
  try {
    const client = clients[service] as Record<
      string,
      (input: unknown) => Promise<{ Body?: { transformToString: () => Promise<string> } }>
    >;
    const { Body, ...answer } = (await client[operation]?.(own)) ?? {};
    return { ...answer, ...(Body && { Body: await Body.transformToString() }) };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: name, message };
  }
}
