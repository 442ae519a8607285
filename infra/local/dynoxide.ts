import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotRun } from './cannot-run.ts';
import { indexStream } from './stream-indexes.ts';

export type Engine = {
  endpoint: string;
  /** Told when the engine ends by itself. */
  onLost: (tell: () => void) => void;
  close: () => Promise<void>;
};

/** The table's engine: a child process over one file, or whatever answers at the given endpoint. */
export async function startEngine({ file, endpoint }: { file: string; endpoint?: string }): Promise<Engine> {
  if (endpoint) {
    await untilAnswers(endpoint, 2_000).catch(() => {
      throw new CannotRun(`DYNAMODB_ENDPOINT ${endpoint} does not answer`);
    });
    return { endpoint, onLost: () => {}, close: async () => {} };
  }
  const port = await freePort();
  const child = spawn('sh', ['-c', watched, 'sh', binary(), String(port), file], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // Its own group, so that Ctrl-C in the terminal reaches the host only, which then ends it in order.
    detached: true,
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-500);
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let isWanted = true;
  const started = `http://127.0.0.1:${port}`;
  await Promise.race([
    untilAnswers(started, 8_000),
    exited.then(() => {
      throw new CannotRun(`Dynoxide does not start: ${complaint.trim().replaceAll('\n', ' ')}`);
    }),
  ]);
  indexStream(file);
  return {
    endpoint: started,
    onLost: (tell) => void exited.then(() => isWanted && tell()),
    async close() {
      isWanted = false;
      child.stdin.end();
      await exited;
    },
  };
}

/** Ends the engine when standard input closes: also when the host is killed and can do nothing any more. */
const watched = `
exec 3<&0
"$1" serve --host 127.0.0.1 --port "$2" --db-path "$3" </dev/null 3<&- &
engine=$!
trap 'kill $engine 2>/dev/null' TERM INT
( cat <&3 >/dev/null; kill $engine 2>/dev/null ) &
wait $engine
`;

function binary() {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(
      `${name}/dynoxide${process.platform === 'win32' ? '.exe' : ''}`,
    );
  } catch {
    throw new CannotRun(`there is no ${name} here: install it, or set DYNAMODB_ENDPOINT`);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilAnswers(endpoint: string, patienceMs: number) {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      await fetch(endpoint);
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(10);
    }
  }
}
