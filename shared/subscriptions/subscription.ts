import type { kinds } from '../events/event.ts';

export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];
export const frequencies = { email: ['immediately', 'weekly'], sms: ['urgent', 'immediately'] } as const;
export type Frequency = 'immediately' | 'weekly' | 'urgent';

/** What a resident asked for. */
export type Wish = {
  channel: Channel;
  /** E.164, or an e-mail address in lower case. */
  address: string;
  districts: string[];
  /** None means all kinds. */
  kinds: (typeof kinds)[number][];
  frequency: Frequency;
  reminders: boolean;
};

/** One resident's confirmed wish. `address` is gone once it ended and was erased. */
export type Subscription = Omit<Wish, 'address'> & {
  id: string;
  status: 'active' | 'ended';
  address?: string;
  consent: { wording: string; at: string };
  confirmedAt: string;
  endedAt?: string;
  endReason?: string;
};

/** What a district's shard holds of a subscriber: no address. */
export type Subscriber = Pick<
  Subscription,
  'id' | 'channel' | 'districts' | 'kinds' | 'frequency' | 'reminders'
>;
