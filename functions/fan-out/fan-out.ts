import type { SQSEvent } from 'aws-lambda';
import { fanOutMessage, SUBSCRIBER_SHARDS } from '../../shared/bulletins/bulletin.ts';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { type FanOutDeps, planShard } from './plan-shard.ts';

/** What came from a district's topic becomes one message for each shard; each shard becomes chunks. */
export const fanOut = (deps: FanOutDeps) => (batch: SQSEvent) =>
  eachMessage(batch.Records, async (body) => {
    const message = fanOutMessage.parse(body);
    if (!('shard' in message)) {
      const { bulletin } = message;
      await deps.fanOut.send(
        Array.from({ length: SUBSCRIBER_SHARDS }, (_, shard) => ({ body: { bulletin, shard } })),
      );
      return;
    }
    const kept = await deps.bulletins.get(message.bulletin);
    if (kept) await planShard(kept.bulletin, message, deps);
  });
