import type { SQSEvent } from 'aws-lambda';
import { type FanOutMessage, FOLLOWERS, fanOutMessage, PLAN_PARTS } from '../../shared/bulletins/bulletin.ts';
import { earlierCauses } from '../../shared/bulletins/hearing.ts';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { planFollowers } from './plan-followers.ts';
import type { FanOutDeps, Part, Planning } from './plan-page.ts';
import { planShards } from './plan-shards.ts';

/** Pages worked through before the rest is queued: well inside the function's time. */
const MOST_PAGES = 20;

/**
 * Puts those whom a bulletin concerns into chunks. What came from a district's topic begins all parts; one that has
 * more than a page of subscribers goes on with a message of its own.
 */
export const fanOut = (deps: FanOutDeps) => (batch: SQSEvent) =>
  eachMessage(batch.Records, async (body) => {
    const message = fanOutMessage.parse(body);
    const kept = await deps.bulletins.get(message.bulletin);
    if (!kept) return;
    const { bulletin, planned } = kept;
    const parts =
      'shard' in message
        ? [message]
        : Array.from({ length: PLAN_PARTS }, (_, shard) => ({ shard })).filter(
            ({ shard }) => !planned.includes(shard),
          );
    await planParts(parts, deps, {
      bulletin,
      causes: await earlierCauses(bulletin, deps.bulletins),
      mostPages: 'shard' in message ? MOST_PAGES : 1,
    });
  });

async function planParts(parts: Part[], deps: FanOutDeps, planning: Planning): Promise<void> {
  const { id, occasion } = planning.bulletin;
  const shards = occasion === 'survey' ? [] : parts.filter(({ shard }) => shard !== FOLLOWERS);
  const left = await planShards(shards, deps, planning);
  for (const part of parts)
    if (part.shard === FOLLOWERS)
      left.push(...(await planFollowers(part, deps, { ...planning, mostPages: MOST_PAGES })));
  const done = parts.map(({ shard }) => shard).filter((shard) => !left.some((part) => part.shard === shard));
  if (left.length)
    await deps.fanOut.send(left.map((part) => ({ body: { bulletin: id, ...part } satisfies FanOutMessage })));
  if (done.length) await deps.bulletins.markPlanned(id, done);
}
