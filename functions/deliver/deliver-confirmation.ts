import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import { confirmationEmail, confirmationText } from '../../shared/notices/confirmation.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { CONFIRMATIONS, type Confirmation } from '../../shared/subscriptions/subscription.ts';
import type { Sent } from './deliver-chunk.ts';
import { type EmailDeps, sendLetters } from './send-email.ts';
import { sendText, type TextDeps } from './send-text.ts';

export type DeliverConfirmationDeps = EmailDeps &
  TextDeps & {
    subscribers: Pick<SubscriberStore, 'openConfirmation' | 'confirmationSent'>;
    notices: Pick<NoticeStore, 'claim' | 'record' | 'release'>;
    now: () => Date;
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
  const { notices, now } = deps;
  const { id } = confirmation;
  const about = { bulletin: CONFIRMATIONS, subscription: id, entries: [] };
  const until = new Date(now().getTime() + LEASE);
  const claim = await notices.claim(about, { now: now(), until });
  if (claim.outcome === 'settled') return;
  if (claim.outcome === 'wait') throw new Error('another worker is sending this confirmation');
  const sent = await send(confirmation, deps);
  if (sent.outcome === 'refused') {
    await notices.release(about.bulletin, id);
    throw new Error('the provider did not take the confirmation now');
  }
  const state = sent.outcome === 'rejected' ? 'failed' : sent.outcome;
  await notices.record({
    ...about,
    state,
    attempt: claim.attempt,
    until: until.toISOString(),
    messageId: sent.messageId,
  });
  if (state === 'unknown') throw new Error('the provider did not say whether it sent the confirmation');
}

async function send({ id, wish }: Confirmation, deps: DeliverConfirmationDeps): Promise<Sent> {
  const { force, origin, signing } = deps;
  if (wish.channel === 'sms')
    return sendText(
      wish.address,
      confirmationText({ force, code: signing.code(id), districts: wish.districts }),
      deps,
    );
  const words = confirmationEmail({ force, origin, wish, token: signing.sign('confirm', id) });
  const [sent] = await sendLetters([{ to: wish.address, words, tags: { confirmation: id } }], deps);
  return sent ?? { outcome: 'unknown' };
}
