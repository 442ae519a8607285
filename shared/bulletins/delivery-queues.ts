import { openQueue } from '../runtime/queue.ts';
import type { Channel } from '../subscriptions/subscription.ts';
import { type BulletinEntry, type DeliverMessage, isOfChange } from './bulletin.ts';

/** Work for delivery; what overtakes does not wait behind announcements. */
export type Delivery = { body: DeliverMessage; group?: string; overtakes: boolean };
export type DeliveryQueues = Record<Channel, { send: (deliveries: Delivery[]) => Promise<void> }>;

/** What became of an event overtakes news: somebody may be on their way. */
export const overtakes = (entries: Pick<BulletinEntry, 'what'>[]): boolean =>
  entries.some(({ what }) => isOfChange(what));

/** Two queues for each channel, as SQS knows no priorities: one for everything, one for what overtakes. */
export function deliveryQueues(settings: {
  EMAIL_QUEUE_URL: string;
  EMAIL_URGENT_QUEUE_URL: string;
  SMS_QUEUE_URL: string;
  SMS_URGENT_QUEUE_URL: string;
}): DeliveryQueues {
  return {
    email: pair(settings.EMAIL_QUEUE_URL, settings.EMAIL_URGENT_QUEUE_URL),
    sms: pair(settings.SMS_QUEUE_URL, settings.SMS_URGENT_QUEUE_URL),
  };
}

function pair(usualUrl: string, urgentUrl: string): DeliveryQueues[Channel] {
  const usual = openQueue(usualUrl);
  const urgent = openQueue(urgentUrl);
  return {
    async send(deliveries) {
      await urgent.send(deliveries.filter((each) => each.overtakes));
      await usual.send(deliveries.filter((each) => !each.overtakes));
    },
  };
}
