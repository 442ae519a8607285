import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import { confirmationEmail, confirmationText } from '../../shared/notices/confirmation.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { type Channel, CONFIRMATIONS, type Confirmation } from '../../shared/subscriptions/subscription.ts';
import { recordSurely } from './record-surely.ts';
import { type EmailDeps, sendLetters } from './send-email.ts';
import type { SendRate } from './send-rate.ts';
import { sendText, type TextDeps } from './send-text.ts';
import type { Sent } from './sent.ts';
import { takeTurn } from './take-turn.ts';

export type DeliverConfirmationDeps = EmailDeps &
  TextDeps & {
    subscribers: Pick<SubscriberStore, 'openConfirmation' | 'confirmationSent'>;
    notices: Pick<NoticeStore, 'claim' | 'record' | 'release'>;
    rates: Record<Channel, Pick<SendRate, 'book'>>;
    now: () => Date;
    pause: (milliseconds: number) => Promise<void>;
    newId: () => string;
  };

const LEASE = 2 * 60_000;

/**
 * Sends the words of a confirmation that can still be given, at any hour: somebody waits for it.
 * @throws when the provider would not take it now, so that the queue brings it again
 */
export async function deliverConfirmation(id: string, deps: DeliverConfirmationDeps): Promise<void> {
  const confirmation = await deps.subscribers.openConfirmation(id);
  if (confirmation) await sendOnce(confirmation, deps);
  await deps.subscribers.confirmationSent(id);
}

async function sendOnce(confirmation: Confirmation, deps: DeliverConfirmationDeps): Promise<void> {
  const { notices, now, newId } = deps;
  const { id, wish } = confirmation;
  if (await takeTurn(1, deps.rates[wish.channel], deps)) throw new Error('too much is being sent now');
  const until = new Date(now().getTime() + LEASE);
  const claims = await notices.claim(
    { bulletin: CONFIRMATIONS, subscriptions: [id], entries: [], claim: newId() },
    { now: now(), until },
  );
  const claim = claims.get(id);
  if (claim?.outcome === 'settled') return;
  if (claim?.outcome !== 'claimed') throw new Error('another worker is sending this confirmation');
  const { notice } = claim;
  const { outcome, messageId, reason } = await send(confirmation, deps);
  if (outcome === 'refused') {
    await notices.release([notice], now());
    throw new Error('the provider did not take the confirmation now');
  }
  const state = outcome === 'rejected' ? 'failed' : outcome;
  const lost = notice.lost + (state === 'unknown' ? 1 : 0);
  await recordSurely([{ ...notice, state, lost, messageId, reason }], deps);
  if (state === 'unknown') throw new Error('the provider did not say whether it sent the confirmation');
}

async function send({ id, wish }: Confirmation, deps: DeliverConfirmationDeps): Promise<Sent> {
  const { force, origin, signing } = deps;
  if (wish.channel === 'sms')
    return sendText(
      wish.address,
      confirmationText({ force, code: signing.code(id), districts: wish.districts }),
      { isPressing: false },
      deps,
    );
  const words = confirmationEmail({ force, origin, wish, token: signing.sign('confirm', id) });
  const [sent] = await sendLetters([{ to: wish.address, words, tags: { confirmation: id } }], deps);
  return sent ?? { outcome: 'unknown' };
}
