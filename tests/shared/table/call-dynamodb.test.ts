import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { callDynamoDB } from '../../../shared/table/call-dynamodb.ts';
import { signRequest } from '../../../shared/table/sign-request.ts';

const now = () => new Date('2027-01-25T10:00:00Z');
const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'a/session+token=',
};

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
let stop = () => {};
afterEach(() => stop());

/** Answers each request with the next of these, the last one for ever. */
async function engine(...answers: Answer[]) {
  let asked = 0;
  const server = createServer(async (request, response) => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    answer?.(request, response, String(await buffer(request)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = callDynamoDB({
    environment: {
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL: endpoint,
    },
    now,
  });
  return { endpoint, call, asked: () => asked };
}

const found: Answer = (_request, response) => response.end('{"Item":{"pk":{"S":"a"}}}');
const refused =
  (name: string, status = 400): Answer =>
  (_request, response) =>
    response
      .writeHead(status)
      .end(JSON.stringify({ __type: `com.amazonaws.dynamodb#${name}`, message: name }));
const hungUp: Answer = (request) => request.socket.destroy();

test('a request is signed as the SDK signs it', async () => {
  const seen: { request: IncomingMessage; body: string }[] = [];
  const { endpoint } = await engine((request, response, body) => {
    seen.push({ request, body });
    found(request, response, body);
  });
  const client = new DynamoDBClient({ region: 'eu-west-2', endpoint, credentials });
  await client.send(new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'Café' } } }));
  client.destroy();
  const { request, body } = seen[0] as (typeof seen)[number];
  const theirs = request.headers.authorization ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(theirs)?.[1]?.split(';') ?? [];
  const own = new Set(['host', 'x-amz-date', 'x-amz-security-token']);
  const time = String(request.headers['x-amz-date']);
  const ours = signRequest({
    service: 'dynamodb',
    region: 'eu-west-2',
    credentials,
    host: String(request.headers.host),
    headers: Object.fromEntries(
      names.filter((name) => !own.has(name)).map((name) => [name, String(request.headers[name])]),
    ),
    body,
    at: new Date(time.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5')),
  });
  expect(ours.authorization).toBe(theirs);
});

test('throttling, faults of DynamoDB and lost answers are tried again', async () => {
  const { call, asked } = await engine(
    refused('ThrottlingException'),
    refused('InternalServerError', 500),
    hungUp,
    found,
  );
  expect(await call('GetItem', { TableName: 'table' })).toEqual({ Item: { pk: { S: 'a' } } });
  expect(asked()).toBe(4);
});

test('what is refused for good is asked once, and what never works five times', async () => {
  const denied = await engine(refused('AccessDeniedException'));
  await expect(denied.call('GetItem', {})).rejects.toMatchObject({
    name: 'AccessDeniedException',
    status: 400,
  });
  expect(denied.asked()).toBe(1);
  stop();
  const down = await engine((_request, response) => response.writeHead(503).end('<html>'));
  await expect(down.call('GetItem', {})).rejects.toThrow('GetItem: 503');
  expect(down.asked()).toBe(5);
});
