import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { earlierCauses, hearingOf } from '../../shared/bulletins/hearing.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import type { NoticeEntry } from '../../shared/notices/notice-entry.ts';
import { isOnlyStandIn } from '../../shared/subscriptions/pairs.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { emailNotices } from './email-notices.ts';
import type { EmailDeps } from './send-email.ts';
import type { SendRate } from './send-rate.ts';
import type { SendNotices, Sent } from './sent.ts';
import { takeTurn } from './take-turn.ts';

export type StandInDeps = EmailDeps & {
  bulletins: Pick<BulletinStore, 'get' | 'causesOf'>;
  notices: Pick<NoticeStore, 'told'>;
  subscribers: Pick<SubscriberStore, 'activeSubscriptions'>;
  rates: { email: Pick<SendRate, 'book'> };
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
};

/**
 * Texts; and where one is refused for good, for want of money or by the provider, the same by e-mail to whoever named
 * an address for that. It is one notice all the same, with one row in the ledger, claimed before the text was tried: so
 * it comes once, and who was told so hears what becomes of the event.
 */
export const textsOrEmails =
  (texts: SendNotices, deps: StandInDeps): SendNotices =>
  async (subscriptions, about) => {
    const answers = await texts(subscriptions, about);
    const sent: Sent[] = [];
    for (const [place, answer] of answers.entries()) {
      const subscription = subscriptions[place];
      const instead =
        subscription && isRefused(answer) && (await sendInstead(subscription, answer, about, deps));
      sent.push(instead || answer);
    }
    return sent;
  };

/** Who told the carrier to stop has said stop. */
const isRefused = ({ outcome, ends }: Sent) => outcome === 'rejected' && ends !== 'opted-out';

async function sendInstead(
  { id, pair }: Subscription,
  { ends }: Sent,
  about: Parameters<SendNotices>[1],
  deps: StandInDeps,
): Promise<Sent | undefined> {
  const [standIn] = pair ? await deps.subscribers.activeSubscriptions([pair]) : [];
  if (standIn?.pair !== id) return undefined;
  const entries = await unheard(standIn, about, deps);
  if (about.entries.length && !entries.length) return undefined;
  if (await takeTurn(1, deps.rates.email, deps)) return { outcome: 'refused' };
  const send = emailNotices(deps, { subscription: id, isOver: ends !== undefined });
  const [sent] = await send([standIn], { ...about, entries });
  return sent && { ...sent, ends, byEmail: true };
}

/** What its holder is not told anyway, by a notice of their own of the same bulletin. */
async function unheard(
  standIn: Subscription,
  { bulletin, entries }: Parameters<SendNotices>[1],
  { bulletins, notices, current }: StandInDeps,
): Promise<NoticeEntry[]> {
  const kept = isOnlyStandIn(standIn) ? undefined : (await bulletins.get(bulletin))?.bulletin;
  if (!kept) return entries;
  const causes = await earlierCauses(kept, bulletins);
  const hearing = await hearingOf(kept, [standIn], causes, notices, current);
  const heard = new Set(hearing.flatMap((each) => each.entries.map((place) => kept.entries[place]?.eventId)));
  return entries.filter(({ event }) => !heard.has(event.id));
}
