import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { countMessage } from '../../shared/reports/count-message.ts';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { type CountOneDeps, countOne } from './count-one.ts';
import { inOrder } from './in-order.ts';
import { type RecountDeps, recount } from './recount.ts';

export type CountDeps = CountOneDeps & RecountDeps;

/** Takes what the queue `counts` asks for. One thing that cannot be counted keeps no other from it. */
export function count(deps: CountDeps) {
  const one = countOne(deps);

  async function work(body: unknown): Promise<void> {
    const message = countMessage.parse(body);
    if ('recount' in message) return recount(message.recount, deps, one);
    if ('events' in message) return inOrder(message.events, one.event);
    if ('bulletins' in message) return inOrder(message.bulletins, one.bulletin);
    return inOrder(message.subscriptions, one.subscription);
  }

  return ({ Records }: SQSEvent): Promise<SQSBatchResponse> => eachMessage(Records, work);
}
