import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFront } from './front.ts';
import { run } from './run.ts';

const PACKAGE = 'ministack==1.5.33';

export type Emulator = Awaited<ReturnType<typeof startEmulator>>;

/**
 * Installs the AWS emulator into the folder and starts it on free loopback ports.
 * @throws PythonMissing where it cannot be had
 */
export async function startEmulator(folder: string) {
  await install(folder);
  const port = await freePort();
  const front = await startFront(port);
  const env = {
    ...process.env,
    ...credentials,
    // Functions run on this very Node, which npm scripts make 24.
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    AWS_ENDPOINT_URL: front.url,
    MINISTACK_REGION: credentials.AWS_REGION,
    // The port of the addresses it hands out, such as a queue's.
    GATEWAY_PORT: new URL(front.url).port,
    TMPDIR: folder,
    // Every call is judged by the policies of who makes it.
    AUTH: 'true',
  };
  // Of a group of its own, so that its functions end with it.
  const child = spawn(
    join(folder, 'venv/bin/python'),
    ['-m', 'hypercorn', 'ministack.app:app', '--bind', `127.0.0.1:${port}`],
    { env, cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = createWriteStream(join(folder, 'emulator.log'));
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });

  const end = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

  async function stop() {
    front.stop();
    const ended = once(child, 'exit');
    end();
    await ended;
  }

  try {
    await ready(`${front.url}/_ministack/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: front.url, log: join(folder, 'emulator.log'), stop };
}

/** The emulator's root; its account and region. A developer's own profile is never read. */
export const credentials = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'eu-west-2',
  AWS_DEFAULT_REGION: 'eu-west-2',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};

export const account = '000000000000';

async function install(folder: string): Promise<void> {
  const venv = join(folder, 'venv');
  try {
    await run('python3', ['-m', 'venv', venv]);
    await run(join(venv, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', PACKAGE]);
  } catch (cause) {
    throw new PythonMissing(`${PACKAGE} cannot be installed with Python 3 here`, { cause });
  }
}

export class PythonMissing extends Error {
  override name = 'PythonMissing';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function ready(url: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error('the emulator did not start within 30 seconds');
}
