import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Invocation, Outcome, WorkerStart } from './function-worker.ts';

export type PoolDeps = {
  worker: URL;
  start: WorkerStart;
  environment: Record<string, string>;
  timeoutMs: number;
  /** Most workers at once. */
  size: number;
  log: (text: string) => void;
  /** Told whenever an invocation begins or ends. */
  changed: () => void;
};

const STOP_MS = 2_000;

/** The function failed, timed out or could not be loaded. */
export class FunctionFailed extends Error {
  override name = 'FunctionFailed';
  readonly timedOut: boolean;
  constructor(message: string, options: { timedOut: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.timedOut = options.timedOut;
  }
}

/** One function as Lambda runs it: each worker takes one invocation at a time, and idle ones are used again. */
export function functionPool({ worker: code, start, environment, timeoutMs, size, log, changed }: PoolDeps) {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let closed = false;

  function open() {
    const worker = new Worker(code, {
      workerData: start,
      env: environment,
      stdout: true,
      stderr: true,
      name: start.name,
      // As much as the function has on AWS; with little for the young, so that what is done with is given back.
      resourceLimits: { maxOldGenerationSizeMb: start.memory, maxYoungGenerationSizeMb: 8 },
    });
    all.add(worker);
    worker.stdout.setEncoding('utf8').on('data', log);
    worker.stderr.setEncoding('utf8').on('data', log);
    worker.once('exit', () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    // An error outside an invocation ends the worker; the next one gets a fresh one.
    worker.on('error', (error) => log(`${error instanceof Error ? error.stack : String(error)}\n`));
    return worker;
  }

  async function invoke(event: unknown): Promise<unknown> {
    if (closed) throw new FunctionFailed('the host is stopping', { timedOut: false });
    running += 1;
    changed();
    try {
      if (running > size) await new Promise<void>((resolve) => waiting.push(resolve));
      return await run(idle.pop() ?? open(), JSON.stringify(event));
    } finally {
      running -= 1;
      waiting.shift()?.();
      changed();
    }
  }

  function run(worker: Worker, event: string): Promise<unknown> {
    const invocation: Invocation = { id: randomUUID(), event, timeoutMs };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        finish();
        void worker.terminate();
        reject(new FunctionFailed(`Task timed out after ${timeoutMs / 1000} seconds`, { timedOut: true }));
      }, timeoutMs);
      const onMessage = (outcome: Outcome) => {
        finish();
        idle.push(worker);
        if ('result' in outcome) return resolve(JSON.parse(outcome.result));
        const { name, message, stack } = outcome.error;
        log(`${stack ?? message}\n`);
        reject(new FunctionFailed(`${name}: ${message}`, { timedOut: false }));
      };
      const onExit = () => {
        finish();
        reject(new FunctionFailed('Runtime exited', { timedOut: false }));
      };
      const finish = () => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('exit', onExit);
      };
      worker.on('message', onMessage).on('exit', onExit);
      worker.postMessage(invocation);
    });
  }

  return {
    name: start.name,
    invoke,
    running: () => running,
    /** Begins to load the code before somebody waits for it. */
    async warm() {
      if (all.size > 0 || closed) return;
      const worker = open();
      idle.push(worker);
      await new Promise((resolve) => worker.once('online', resolve).once('exit', resolve));
    },
    /** What runs may finish, if it does so soon. */
    async close() {
      closed = true;
      const patience = performance.now() + STOP_MS;
      while (running > 0 && performance.now() < patience) await pause(20);
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

export type FunctionPool = ReturnType<typeof functionPool>;
