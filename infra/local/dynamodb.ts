import { Agent, request } from 'node:http';
import { arn } from './place.ts';
import {
  jsonBody,
  refuseInJson,
  type Service,
  targetAction,
  type WireCall,
  type WireReply,
} from './wire-call.ts';

export type DynamoDb = ReturnType<typeof dynamoDb>;

/** The table engine, asked in its own words. Records and items stay in wire form, which is what Lambda hands out too. */
export function dynamoDb(endpoint: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  function pass(target: string, body: Buffer | string): Promise<WireReply> {
    return new Promise((resolve, reject) => {
      const outgoing = request(endpoint, {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          'x-amz-target': target,
          'x-amz-date': '20260101T000000Z',
          authorization:
            'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        },
      });
      outgoing.once('error', reject);
      outgoing.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const headers: Record<string, string> = {};
          for (const name of ['content-type', 'x-amz-crc32', 'x-amzn-requestid']) {
            const value = response.headers[name];
            if (typeof value === 'string') headers[name] = value;
          }
          resolve({ status: response.statusCode ?? 500, headers, body: Buffer.concat(chunks) });
        });
      });
      outgoing.end(body);
    });
  }

  return {
    pass,
    /** @throws DynamoDbError */
    async ask(operation: string, input: unknown): Promise<Record<string, unknown>> {
      const streams = /Stream|Shard|Records/.test(operation);
      const target = `${streams ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${operation}`;
      const reply = await pass(target, JSON.stringify(input));
      const answer = JSON.parse(reply.body.toString() || '{}');
      if (reply.status >= 400)
        throw new DynamoDbError(String(answer.__type).split('#').at(-1) ?? '', operation, answer.message);
      return answer;
    },
    close: () => agent.destroy(),
  };
}

export class DynamoDbError extends Error {
  override name = 'DynamoDbError';
  readonly code: string;
  constructor(code: string, operation: string, message: string) {
    super(`${operation}: ${code}: ${message}`);
    this.code = code;
  }
}

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/** DynamoDB behind the wire. Writes are noticed, so that stream readers need not poll. */
export const dynamoDbService = (db: DynamoDb, written: (call: WireCall) => void): Service => ({
  async answer(call) {
    const reply = await db.pass(call.headers['x-amz-target'] ?? '', call.body);
    if (writes.has(targetAction(call))) written(call);
    return reply;
  },
  wishes,
  refuse: refuseInJson('com.amazonaws.dynamodb.v20120810#'),
  throttle: { status: 400, code: 'ProvisionedThroughputExceededException' },
});

const tableArn = (name: unknown, index?: unknown) => {
  const table = String(name).startsWith('arn:') ? String(name) : arn('dynamodb', `table/${name}`);
  return index === undefined ? table : `${table}/index/${index}`;
};

const transactionActions: Record<string, string> = {
  ConditionCheck: 'ConditionCheckItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
};

/** A transaction is authorised by the actions in it; `TransactWriteItems` is no action of IAM's. */
function wishes(call: WireCall) {
  const operation = targetAction(call);
  const body = jsonBody(call);
  const wish = (name: string, table: unknown, index?: unknown) => ({
    action: `dynamodb:${name}`,
    resource: tableArn(table, index),
  });
  if (operation.startsWith('Transact')) {
    const items = body.TransactItems as Record<string, { TableName?: unknown }>[];
    return items.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => wish(transactionActions[kind] ?? kind, TableName)),
    );
  }
  if (operation.startsWith('Batch'))
    return Object.keys(body.RequestItems ?? {}).map((table) => wish(operation, table));
  return [wish(operation, body.TableName ?? '*', body.IndexName)];
}
