import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fault } from '../../infra/local/faults.ts';
import type { OutboxMessage } from '../../infra/local/outbox.ts';
import type { Persona } from '../../infra/local/personas.ts';

export type HostSettings = Record<string, string> & {
  PORT?: string;
  SAMPLE_DATA?: 'on' | 'off';
  SETTLE_SECONDS?: string;
  DYNAMODB_ENDPOINT?: string;
};

export type StartHostOptions = {
  settings?: HostSettings;
  /** Given, it is kept; otherwise a temporary one is made and removed by `stop`. */
  dataDir?: string;
  /** What its clock shows as it starts, without the minutes on the way there. */
  now?: Date;
  /** Another entry than `npm start`'s, for hosts of other apps. */
  entry?: URL;
};

export type RunningHost = Awaited<ReturnType<typeof startHost>>;

const start = new URL('../../infra/local/start.ts', import.meta.url);
const patienceMs = 60_000;

/** Starts the one-machine host as `npm start` does, on a free port, without sample data unless asked for. */
export async function startHost({ settings = {}, dataDir, now, entry = start }: StartHostOptions = {}) {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'streetmeet-'));
  if (now) writeFileSync(join(folder, 'clock.json'), String(now.getTime() - Date.now()));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(entry)], {
    env: {
      PATH: process.env.PATH,
      // Started by npm, it ends when whoever started it is gone, a killed test run included.
      npm_lifecycle_event: 'start',
      PORT: '0',
      SAMPLE_DATA: 'off',
      DATA_DIR: folder,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const output = collect(child);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let isReady = false;
  const url = await Promise.race([
    output.line(/^Streetmeet is ready at (http:\S+)$/m),
    exited.then((code) => {
      if (!dataDir && !isReady) rmSync(folder, { recursive: true, force: true });
      throw new Error(`The host ended with ${code}:\n${output.text()}`);
    }),
  ]);

  isReady = true;

  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const code = await exited;
    process.off('exit', killWithUs);
    return code;
  };
  const get = (path: string, init?: RequestInit) => fetch(new URL(path, url), init);
  const post = (path: string, body: unknown, init: RequestInit = {}) =>
    get(path, {
      method: 'POST',
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
      body: JSON.stringify(body),
    });
  const local = async <Answer>(reply: Promise<Response>): Promise<Answer> => {
    const response = await reply;
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${text}`);
    return JSON.parse(text);
  };

  return {
    url,
    dataDir: folder,
    pid: child.pid ?? 0,
    readyAfterMs: performance.now() - startedAt,
    /** Everything it printed so far. */
    output: output.text,
    get,
    post,
    clock: () => local<{ now: string }>(get('/_local/clock')),
    /** `asleep`: as if the machine had slept, so that no minute on the way is lived through. */
    moveClock: (to: { now: string; asleep?: true } | { advance: string }) =>
      local<{ now: string }>(post('/_local/clock', to)),
    idle: (timeoutSeconds = 30) => local<unknown>(post('/_local/idle', { timeoutSeconds })),
    /** Brings open settle windows to their end without the wait, and lets all that they cause be done. */
    settled: async () => {
      await local<unknown>(post('/_local/clock', { advance: 'PT20S' }));
      await local<unknown>(post('/_local/idle', { timeoutSeconds: 60 }));
    },
    messages: (query: { to?: string; channel?: 'email' | 'sms'; since?: string } = {}) =>
      local<OutboxMessage[]>(get(`/_local/messages?${new URLSearchParams(query)}`)),
    clearMessages: () => get('/_local/messages', { method: 'DELETE' }),
    token: async (persona: Persona) =>
      (await local<{ access_token: string }>(post('/_local/token', { persona }))).access_token,
    setFault: (fault: Fault) => local<unknown>(post('/_local/faults', fault)),
    faults: () => local<{ active: Fault[]; injected: Record<string, number> }>(get('/_local/faults')),
    /** Ends it in order; answers its exit code. */
    async stop() {
      const code = await end('SIGTERM');
      if (!dataDir) rmSync(folder, { recursive: true, force: true });
      return code;
    },
    /** As a power cut would; what is in `dataDir` stays, to be started on again. */
    kill: () => end('SIGKILL'),
  };
}

function collect(child: ChildProcess) {
  let text = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const watcher of watchers) watcher();
    });
  return {
    text: () => text,
    line: (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const patience = setTimeout(() => {
          watchers.delete(look);
          child.kill('SIGKILL');
          reject(new Error(`Not ready within ${patienceMs / 1000} s:\n${text}`));
        }, patienceMs);
        const look = () => {
          const found = pattern.exec(text)?.[1];
          if (!found) return;
          watchers.delete(look);
          clearTimeout(patience);
          resolve(found);
        };
        watchers.add(look);
      }),
  };
}
