import type { Kind } from '../events/event-terms.ts';
import type { Consent } from './consent.ts';

export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];
/** What a channel offers, its default first. */
export const frequencies = { email: ['immediately', 'weekly'], sms: ['urgent', 'immediately'] } as const;
export type Frequency = (typeof frequencies)[Channel][number];

export type Preferences = {
  districts: string[];
  /** None means all kinds. */
  kinds: Kind[];
  frequency: Frequency;
  reminders: boolean;
  /** Events followed one by one, whatever their district or kind. */
  follows: string[];
};

/** Most events one subscription may follow: with every district of the largest force they fit one transaction. */
export const MOST_FOLLOWS = 20;

/** What a resident asked for. */
export type Wish = Preferences & {
  channel: Channel;
  /** E.164, or an e-mail address in lower case. */
  address: string;
};

/** What is asked for: `standsInFor` a text subscription, by e-mail, when a text cannot go. */
export type AskedFor = Wish & { standsInFor?: string };

export type EndReason = 'unsubscribed' | 'forgotten' | 'bounced' | 'complained' | 'opted-out' | 'refused';

/** One resident's confirmed wish. Once it ended, 28 days later or at once, nothing of it is left. */
export type Subscription = Wish & {
  id: string;
  status: 'active' | 'ended';
  consent: Consent;
  confirmedAt: string;
  /** Of a text subscription, that which stands in for it by e-mail; of that, the text subscription. */
  pair?: string;
  endedAt?: string;
  endReason?: EndReason;
};

/** What a district's shard, or an event, holds of a subscriber: no address. */
export type Subscriber = Pick<Subscription, 'id' | 'channel' | keyof Preferences>;

/** A wish that nobody has confirmed: it exists only as long as it can be. */
export type Confirmation = {
  id: string;
  wish: AskedFor;
  consent: Consent;
  /** When it can no longer be confirmed. */
  endsAt: string;
};

/** Where the send ledger keeps confirmations: a bulletin of their own, told to each confirmation's id. */
export const CONFIRMATIONS = 'confirmation';

/**
 * What somebody wants once they confirmed a wish: it replaces what they wanted before, except that following an
 * event alone changes nothing else. Events followed before stay followed.
 */
export function wantedAfter(before: Preferences | undefined, wish: Preferences): Preferences {
  const { districts, kinds, frequency, reminders } = wish.districts.length || !before ? wish : before;
  const follows = [...new Set([...(before?.follows ?? []), ...wish.follows])].slice(-MOST_FOLLOWS);
  return { districts, kinds, frequency, reminders, follows };
}
