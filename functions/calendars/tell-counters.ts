import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import type { CountMessage } from '../../shared/reports/count-message.ts';
import { newImageOf, oldImageOf } from '../../shared/runtime/batches.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';

export type TellDeps = { counts: { send: (messages: { body: CountMessage }[]) => Promise<void> } };

const image = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('bulletin'), bulletin: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('subscription'), subscription: z.object({ id: z.string() }) }),
]);

/** Message of ids: a hundred fit well. */
const MOST = 100;

/**
 * Passes on the ids of what changed to who counts it. A table's stream bears two readers, and calendars must not wait
 * for counters: what cannot be passed on is let go, as all is counted anew each week.
 */
export async function tellCounters(records: DynamoDBRecord[], { counts }: TellDeps): Promise<void> {
  const changed = {
    events: new Set<string>(),
    bulletins: new Set<string>(),
    subscriptions: new Set<string>(),
  };
  for (const record of records) {
    const parsed = image.safeParse(newImageOf(record) ?? oldImageOf(record));
    if (!parsed.success) continue;
    if (parsed.data.type === 'event') changed.events.add(parsed.data.event.id);
    if (parsed.data.type === 'bulletin') changed.bulletins.add(parsed.data.bulletin.id);
    if (parsed.data.type === 'subscription') changed.subscriptions.add(parsed.data.subscription.id);
  }
  const slice = <Body>(ids: Set<string>, body: (some: string[]) => Body) =>
    Array.from({ length: Math.ceil(ids.size / MOST) }, (_, at) => ({
      body: body([...ids].slice(at * MOST, (at + 1) * MOST)),
    }));
  const messages: { body: CountMessage }[] = [
    ...slice(changed.events, (events) => ({ events })),
    ...slice(changed.bulletins, (bulletins) => ({ bulletins })),
    ...slice(changed.subscriptions, (subscriptions) => ({ subscriptions })),
  ];
  if (!messages.length) return;
  try {
    await counts.send(messages);
  } catch (error) {
    log.error('what changed could not be passed on to be counted', causeOf(error));
  }
}
