import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { type Credentials, signRequest } from './sign-request.ts';

export type CallDeps = { environment: Record<string, string | undefined>; now: () => Date };
export type DynamoDBCall = ReturnType<typeof callDynamoDB>;

/** As the SDK is told to in table.ts. */
const ATTEMPTS = 5;
const REQUEST_MS = 5_000;
const FIRST_PAUSE_MS = 50;

/** DynamoDB's answer was an error. Its name is DynamoDB's own, as with the SDK. */
export class CallFailed extends Error {
  readonly status: number;
  constructor(name: string, message: string, status: number) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/**
 * Calls of DynamoDB that may be made twice, with what Lambda puts into the environment: throttling, its own faults
 * and lost answers are tried again.
 */
export function callDynamoDB({ environment, now }: CallDeps) {
  const region = environment.AWS_REGION ?? '';
  const endpoint = new URL(
    environment.AWS_ENDPOINT_URL_DYNAMODB ??
      environment.AWS_ENDPOINT_URL ??
      `https://dynamodb.${region}.amazonaws.com`,
  );
  const { Agent, request } = endpoint.protocol === 'http:' ? http : https;
  const agent = new Agent({ keepAlive: true });

  async function once(operation: string, body: string): Promise<unknown> {
    const headers = signRequest({
      service: 'dynamodb',
      region,
      credentials: credentialsIn(environment),
      host: endpoint.host,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      },
      body,
      at: now(),
    });
    const { status, text } = await exchange(headers, body);
    const answer: { __type?: string; message?: string; Message?: string } = read(text);
    if (status === 200) return answer;
    const name = answer.__type?.split('#').at(-1) ?? 'CallFailed';
    throw new CallFailed(name, answer.message ?? answer.Message ?? `${operation}: ${status}`, status);
  }

  const exchange = (headers: Record<string, string>, body: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const signal = AbortSignal.timeout(REQUEST_MS);
      const sent = request(endpoint, { method: 'POST', agent, headers, signal }, async (response) => {
        try {
          let text = '';
          for await (const part of response.setEncoding('utf8')) text += part;
          resolve({ status: response.statusCode ?? 0, text });
        } catch (error) {
          reject(error);
        }
      });
      sent.on('error', reject).end(body);
    });

  /** @throws CallFailed */
  return async function call<Answer>(operation: string, input: object): Promise<Answer> {
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt++) {
      try {
        return (await once(operation, body)) as Answer;
      } catch (error) {
        if (attempt === ATTEMPTS || !mayPass(error)) throw error;
        await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
      }
    }
  };
}

/** What is not JSON comes from something in between. */
function read(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** What is not DynamoDB's own answer is a network that broke or a silence. */
const mayPass = (error: unknown) =>
  !(error instanceof CallFailed) ||
  error.status >= 500 ||
  /Throttling|ThroughputExceeded|LimitExceeded/.test(error.name);

function credentialsIn(environment: Record<string, string | undefined>): Credentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  if (!accessKeyId || !secretAccessKey) throw new Error('there are no AWS credentials in the environment');
  return { accessKeyId, secretAccessKey, sessionToken };
}
