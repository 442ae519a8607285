import { SUBSCRIBER_SHARDS } from '../bulletins/bulletin.ts';
import type { Preferences } from './subscription.ts';

export const subscriptionKey = (id: string) => ({ pk: `SUBSCRIPTION#${id}`, sk: 'SUBSCRIPTION' });
export const confirmationKey = (id: string) => ({ pk: `CONFIRMATION#${id}`, sk: 'CONFIRMATION' });
export const addressKey = (pseudonym: string) => ({ pk: `ADDRESS#${pseudonym}`, sk: 'ADDRESS' });
export const requestCountKey = (counted: string, window: number) => ({
  pk: `REQUESTS#${counted}#${window}`,
  sk: 'REQUESTS',
});

/** The partition of one shard of a district's subscribers. */
export const subscribersOfDistrict = (district: string, shard: number) => `SUBSCRIBERS#${district}#${shard}`;
/** The partition of those who follow one event. */
export const followersOfEvent = (eventId: string) => `FOLLOWERS#${eventId}`;

/** Every place where a subscriber is found. */
export const membershipKeys = (
  id: string,
  { districts, follows }: Pick<Preferences, 'districts' | 'follows'>,
) => [
  ...districts.map((district) => ({ pk: subscribersOfDistrict(district, shardOf(id)), sk: id })),
  ...follows.map((eventId) => ({ pk: followersOfEvent(eventId), sk: id })),
];

/** The shard of a district that a subscriber is kept in. */
export const shardOf = (id: string) =>
  [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 0) % SUBSCRIBER_SHARDS;
