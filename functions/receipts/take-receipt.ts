import { log } from '../../shared/runtime/log.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import type { EndReason } from '../../shared/subscriptions/subscription.ts';
import type { SesEvent } from './ses-event.ts';

export type TakeReceiptDeps = {
  notices: { markSent(bulletin: string, subscription: string): Promise<void> };
  subscribers: Pick<SubscriberStore, 'end'>;
};

/** Every one of these says that SES took the e-mail, also where another event of it is late or lost. */
const proofsOfSending = ['Send', 'Delivery', 'Bounce', 'Complaint', 'DeliveryDelay'];

/** Writes down what became of an e-mail; a hard bounce or a complaint ends the subscription. Harmless twice. */
export async function takeReceipt(event: SesEvent, { notices, subscribers }: TakeReceiptDeps): Promise<void> {
  const { type, notice, subscription, messageId } = event;
  if (notice && proofsOfSending.includes(type)) await notices.markSent(notice.bulletin, notice.subscription);
  const reason = endReasonOf(event);
  if (!reason) return;
  log.warn('an e-mail came to nothing', { reason, messageId, ...notice });
  if (subscription) await subscribers.end(subscription, reason);
}

function endReasonOf({ type, isHardBounce }: SesEvent): EndReason | undefined {
  if (type === 'Bounce' && isHardBounce) return 'bounced';
  if (type === 'Complaint') return 'complained';
}
