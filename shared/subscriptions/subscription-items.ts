import { dueAt } from '../table/due.ts';
import type { Item } from '../table/table.ts';
import type { Confirmation, Preferences, Subscriber, Subscription } from './subscription.ts';
import { addressKey, confirmationKey, membershipKeys, subscriptionKey } from './subscription-keys.ts';

/** A confirmation not sent by then is looked at by the tick: the queue may have forgotten it. */
const SENT_WITHIN = 2 * 60_000;
/** After so long without a word the tick looks whether somebody wonders, by e-mail. */
export const SILENCE = 90 * 86_400_000;

/** A subscription as kept, with a name for its address that outlives no erasure. */
export type SubscriptionItem = Item & { revision: number; pseudonym: string; subscription: Subscription };

/** What there is for one address: at most one active subscription and one open confirmation. */
export type AddressItem = Item & {
  revision: number;
  subscription?: string;
  confirmation?: string;
  /** When confirmations of the last hour were asked for. */
  asked: string[];
};

/** `guesses` counts codes tried. The announcer sees each new one and has it sent. */
export type ConfirmationItem = Item & { pseudonym: string; guesses: number; confirmation: Confirmation };

export const subscriptionItem = (
  pseudonym: string,
  subscription: Subscription,
  revision: number,
): SubscriptionItem => ({
  ...subscriptionKey(subscription.id),
  type: 'subscription',
  id: subscription.id,
  revision,
  pseudonym,
  subscription,
  // Of one event that somebody follows there may well be nothing to tell.
  ...(subscription.channel === 'email' &&
    subscription.districts.length > 0 &&
    dueAt(new Date(Date.parse(subscription.confirmedAt) + SILENCE), subscription.id)),
});

export const addressItem = (pseudonym: string): AddressItem => ({
  ...addressKey(pseudonym),
  type: 'address',
  revision: 0,
  asked: [],
});

export const confirmationItem = (
  pseudonym: string,
  confirmation: Confirmation,
  askedAt: Date,
): ConfirmationItem => ({
  ...confirmationKey(confirmation.id),
  type: 'confirmation',
  id: confirmation.id,
  channel: confirmation.wish.channel,
  pseudonym,
  guesses: 0,
  confirmation,
  ...dueAt(new Date(askedAt.getTime() + SENT_WITHIN), confirmation.id),
  expiresAt: Math.ceil(Date.parse(confirmation.endsAt) / 1000),
});

/** Wrong codes end a confirmation with the fifth. */
export const MOST_GUESSES = 5;

export const isOpen = ({ guesses, confirmation }: ConfirmationItem, now: Date) =>
  guesses < MOST_GUESSES && Date.parse(confirmation.endsAt) > now.getTime();

/** One for each place where the subscriber is to be found. */
export const membershipItems = (subscription: Subscription) =>
  membershipKeys(subscription.id, subscription).map((key) => ({
    ...key,
    type: 'subscriber',
    subscriber: subscriberOf(subscription),
  }));

/** Places where a subscriber was found and no longer is. */
export const leftMemberships = (id: string, before: Preferences, after: Preferences) => {
  const kept = new Set(membershipKeys(id, after).map(({ pk }) => pk));
  return membershipKeys(id, before).filter(({ pk }) => !kept.has(pk));
};

/** The condition that an item is still as it was read, or still not there. */
export const unchanged = ({ revision }: { revision: number }) =>
  revision === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': revision },
      };

const subscriberOf = ({
  id,
  channel,
  districts,
  kinds,
  frequency,
  reminders,
  follows,
}: Subscription): Subscriber => ({
  id,
  channel,
  districts,
  kinds,
  frequency,
  reminders,
  follows,
});
