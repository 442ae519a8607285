import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { countMessage } from '../../shared/reports/count-message.ts';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { countAll } from './count-all.ts';
import { type CountThingsDeps, countThings } from './count-things.ts';
import { type RecountDeps, recount } from './recount.ts';

export type CountDeps = CountThingsDeps & RecountDeps;

/** Takes what the queue `counts` asks for. One thing that cannot be counted keeps no other from it. */
export function count(deps: CountDeps) {
  const things = countThings(deps);

  async function work(body: unknown): Promise<void> {
    const message = countMessage.parse(body);
    if ('recount' in message) return recount(message.recount, deps, things);
    if ('events' in message) return countAll(message.events, things.countEvents);
    if ('bulletins' in message) return countAll(message.bulletins, things.countBulletins);
    return countAll(message.subscriptions, things.countSubscriptions);
  }

  return ({ Records }: SQSEvent): Promise<SQSBatchResponse> => eachMessage(Records, work);
}
