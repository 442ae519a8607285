import * as z from 'zod';
import type { Change, Moment, What } from './change.ts';

/** What one district is told in one go: changes, unless it has another occasion. */
export type Bulletin = {
  id: string;
  district: string;
  at: string;
  occasion?: Occasion;
  entries: BulletinEntry[];
};

/** What else than changes a bulletin may be about. */
export type Occasion = 'reminder' | 'digest' | 'survey' | StandingOccasion;

/** Of no event: a district gave way to its successor; somebody has long heard nothing. */
export type StandingOccasion = 'succession' | 'still-subscribed';

export const isStanding = (occasion: Occasion | undefined): occasion is StandingOccasion =>
  occasion === 'succession' || occasion === 'still-subscribed';

/** What is said of an event: what became of it, or that it is tomorrow, or soon, or was yesterday. */
export type Saying = What | 'reminder' | 'upcoming' | 'survey';

/** Whether it says what became of an event that somebody may have been told of. */
export const isOfChange = (what: Saying) => !['published', 'reminder', 'upcoming', 'survey'].includes(what);

export type BulletinEntry = {
  eventId: string;
  /** The events it was part of before: who was told of one, or follows it, was told of this. */
  continues?: string[];
  version: number;
  what: Saying;
  districts: string[];
  kind: string;
  campaign?: string;
  /** What residents knew before; nothing where this is news. */
  before?: Moment;
  /** The earlier of the old and the new start; of a reminder and in a digest, the start that is meant. */
  startsAt: string;
  /** The event starts within 24 hours of the bulletin: by text to everyone who wants urgent ones. */
  isUrgent: boolean;
  /** A cancellation or move within 12 hours: told even at night. */
  isPressing: boolean;
};

/** How many shards the subscribers of a district are kept in. */
export const SUBSCRIBER_SHARDS = 8;
/** Planned beside the shards, as one more: those who follow an event from elsewhere. */
export const FOLLOWERS = SUBSCRIBER_SHARDS;
export const PLAN_PARTS = SUBSCRIBER_SHARDS + 1;

/** Queue `settle`: a district's window may be over, or a stored bulletin was not published. */
export const settleMessage = z.union([
  z.strictObject({ district: z.string() }),
  z.strictObject({ bulletin: z.string() }),
]);

/** Queue `fan-out`: what travels on the district's topic, or one shard of its subscribers; `place` where followers go on. */
export const fanOutMessage = z.union([
  z.strictObject({
    bulletin: z.string(),
    shard: z.int(),
    place: z.int().optional(),
    after: z.string().optional(),
  }),
  z.object({ version: z.literal(1), bulletin: z.string() }),
]);

/**
 * Queues `email` and `sms`: a chunk of a bulletin's notices, one confirmation, or a page of the numbers whose holders
 * told the carrier to stop.
 */
export const deliverMessage = z.union([
  z.strictObject({ bulletin: z.string(), chunk: z.string() }),
  z.strictObject({ confirmation: z.string() }),
  z.strictObject({ optOutsAfter: z.string() }),
]);

export type SettleMessage = z.infer<typeof settleMessage>;
export type FanOutMessage = z.infer<typeof fanOutMessage>;
export type DeliverMessage = z.infer<typeof deliverMessage>;

const HOUR = 3_600_000;

/** A change to an event that starts within 24 hours does not wait. */
export const isUrgent = (change: Pick<Change, 'startsAt'>, now: Date) =>
  Date.parse(change.startsAt) - now.getTime() <= 24 * HOUR;

/** Told even at night: a cancellation or move of an event within 12 hours. */
export const isPressing = (change: Pick<Change, 'startsAt' | 'before'>, now: Date) =>
  change.before !== undefined && Date.parse(change.startsAt) - now.getTime() <= 12 * HOUR;
