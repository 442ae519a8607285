import { shardOf } from '../subscriptions/subscription-keys.ts';

/** Where it is kept what something added to the counters. */
export const countedEventKey = (id: string) => ({ pk: `EVENT#${id}`, sk: 'COUNTED' });
export const countedBulletinKey = (id: string) => ({ pk: `BULLETIN#${id}`, sk: 'COUNTED' });
export const countedSubscriptions = (shard: number) => `COUNTED#SUBSCRIPTIONS#${shard}`;
export const countedSubscriptionKey = (id: string) => ({ pk: countedSubscriptions(shardOf(id)), sk: id });
