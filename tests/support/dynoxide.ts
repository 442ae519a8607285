import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, ListTablesCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { indexStream } from '../../infra/local/stream-indexes.ts';
import { openTable, type Table } from '../../shared/table/table.ts';

export type Dynoxide = { endpoint: string; table: Table; stop: () => Promise<void> };

const binary = new URL(
  `../../node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`,
  import.meta.url,
);

/** The one table, with its index and stream, on a DynamoDB engine of its own, in memory or in a file. */
export async function startDynoxide(name = 'streetmeet', file?: string): Promise<Dynoxide> {
  process.env.AWS_REGION ??= 'eu-west-2';
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const engine = spawn(
    fileURLToPath(binary),
    ['serve', '--port', String(port), ...(file ? ['--db-path', file] : [])],
    { stdio: 'ignore' },
  );
  const end = () => engine.kill('SIGKILL');
  process.once('exit', end);
  const table = openTable(name, endpoint);
  await whenAnswering(table, engine);
  if (file) indexStream(file);
  await table.client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'dueShard', 'dueAt'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'dueShard', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  await table.client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    }),
  );
  const stop = async () => {
    process.removeListener('exit', end);
    table.client.destroy();
    const gone = new Promise((resolve) => engine.once('exit', resolve));
    if (engine.exitCode === null && engine.kill('SIGKILL')) await gone;
  };
  return { endpoint, table, stop };
}

async function whenAnswering({ client }: Table, engine: ChildProcess): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (attempt > 500 || engine.exitCode !== null) throw error;
      await pause(20);
    }
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
  });
