import { enableCompileCache, flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { type ClockLead, followClock } from './clock.ts';

export type WorkerStart = {
  clockLead: ClockLead;
  /** Where compiled code is kept for the next worker. */
  compiled: string;
  file: string;
  exportName: string;
  name: string;
  arn: string;
  memory: number;
};
export type Invocation = { id: string; event: string; timeoutMs: number };
export type Outcome = { result: string } | { error: { name: string; message: string; stack?: string } };

const start = workerData as WorkerStart;
followClock(start.clockLead);
enableCompileCache(start.compiled);

const loading = import(pathToFileURL(start.file).href).then((module) => {
  flushCompileCache();
  const handler: unknown = module[start.exportName];
  if (typeof handler !== 'function') throw new Error(`${start.file} exports no ${start.exportName}`);
  return handler;
});
loading.catch(() => {});

parentPort?.on('message', async ({ id, event, timeoutMs }: Invocation) => {
  const deadline = performance.now() + timeoutMs;
  let outcome: Outcome;
  try {
    const handler = await loading;
    const result: unknown = await handler(JSON.parse(event), {
      awsRequestId: id,
      callbackWaitsForEmptyEventLoop: true,
      functionName: start.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: start.arn,
      logGroupName: `/aws/lambda/${start.name}`,
      logStreamName: 'local',
      memoryLimitInMB: String(start.memory),
      getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    });
    outcome = { result: JSON.stringify(result ?? null) };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    outcome = { error: { name, message, stack } };
  }
  parentPort?.postMessage(outcome);
});
