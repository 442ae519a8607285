import type { SQSEvent } from 'aws-lambda';
import { FOLLOWERS, fanOutMessage, PLAN_PARTS } from '../../shared/bulletins/bulletin.ts';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { planFollowers } from './plan-followers.ts';
import type { FanOutDeps } from './plan-page.ts';
import { planShard } from './plan-shard.ts';

/** What came from a district's topic becomes one message for each shard; each becomes chunks. */
export const fanOut = (deps: FanOutDeps) => (batch: SQSEvent) =>
  eachMessage(batch.Records, async (body) => {
    const message = fanOutMessage.parse(body);
    if (!('shard' in message)) {
      const { bulletin } = message;
      await deps.fanOut.send(
        Array.from({ length: PLAN_PARTS }, (_, shard) => ({ body: { bulletin, shard } })),
      );
      return;
    }
    const kept = await deps.bulletins.get(message.bulletin);
    if (!kept) return;
    if (message.shard === FOLLOWERS) await planFollowers(kept.bulletin, message, deps);
    else await planShard(kept.bulletin, message, deps);
  });
