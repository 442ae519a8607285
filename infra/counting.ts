import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { ServiceFunction } from './service-function.ts';
import { WorkQueue } from './work-queue.ts';

/**
 * Keeps the counters that the dashboard reads. It has no place at the stream, which bears two readers: `calendars`
 * passes on what changed, and the tick has all counted anew each week.
 */
export class Counting extends Construct {
  readonly count: ServiceFunction;
  readonly counts: WorkQueue;

  constructor(scope: Construct, id: string, { deployment }: { deployment: Deployment }) {
    super(scope, id);
    this.count = new ServiceFunction(this, 'Function', {
      name: 'count',
      force: deployment.force,
      does: 'Counts events, notices and subscriptions as they change',
      timeoutSeconds: 60,
    });
    // A message holds up to a hundred; few at once, as they write the same rows.
    this.counts = new WorkQueue(this, 'Counts', {
      worker: this.count,
      setting: 'COUNT_QUEUE_URL',
      batchSize: 1,
      atOnce: 2,
    });
    this.counts.connectSender(this.count);
  }

  connectSender(fn: ServiceFunction): void {
    this.counts.connectSender(fn);
  }
}
