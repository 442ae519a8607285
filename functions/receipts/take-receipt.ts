import type { HealthStore } from '../../shared/bulletins/health-store.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import { log } from '../../shared/runtime/log.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import type { SesEvent } from './ses-event.ts';
import { isSpike } from './spike.ts';

export type TakeReceiptDeps = {
  notices: Pick<NoticeStore, 'markSent' | 'areSent'>;
  subscribers: Pick<SubscriberStore, 'end'>;
  health: Pick<HealthStore, 'note' | 'health' | 'pause'>;
  /** Tells operators that a bulletin waits for them. */
  paused: (bulletin: string) => void;
};

/** Every one of these says that SES took the e-mail, also where another event of it is late or lost. */
const proofsOfSending = ['Send', 'Delivery', 'Bounce', 'Complaint', 'DeliveryDelay'];

/**
 * Writes down what became of an e-mail; a hard bounce or a complaint ends the subscription, and too many of them stop
 * the bulletin. Harmless twice.
 */
export async function takeReceipt(
  event: SesEvent,
  { isKnown }: { isKnown: boolean },
  deps: TakeReceiptDeps,
): Promise<void> {
  const { type, notice, subscription, messageId } = event;
  if (notice && !isKnown && proofsOfSending.includes(type))
    await deps.notices.markSent(notice.bulletin, notice.subscription);
  const reason = endReasonOf(event);
  if (!reason) return;
  log.warn('an e-mail came to nothing', { reason, messageId, ...notice });
  if (!subscription) return;
  await deps.subscribers.end(subscription, reason);
  if (notice) await watch(notice.bulletin, subscription, reason, deps);
}

async function watch(
  bulletin: string,
  subscription: string,
  reason: 'bounced' | 'complained',
  { health, paused }: TakeReceiptDeps,
): Promise<void> {
  await health.note(bulletin, subscription, reason);
  if (isSpike(await health.health(bulletin)) && (await health.pause(bulletin))) paused(bulletin);
}

function endReasonOf({ type, isHardBounce }: SesEvent): 'bounced' | 'complained' | undefined {
  if (type === 'Bounce' && isHardBounce) return 'bounced';
  if (type === 'Complaint') return 'complained';
}
