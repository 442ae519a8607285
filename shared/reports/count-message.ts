import * as z from 'zod';

const ids = z.array(z.string().min(1)).min(1);

/** Stops on the way through all that is counted. */
export const recountStops = ['events', 'bulletins', 'counted', 'subscribers'] as const;

/** Queue `counts`: what changed and is to be counted, or all of it, a slice at a time. */
export const countMessage = z.union([
  z.strictObject({ events: ids }),
  z.strictObject({ bulletins: ids }),
  z.strictObject({ subscriptions: ids }),
  z.strictObject({
    recount: z.strictObject({
      /** The local day it is for. */
      day: z.string(),
      stop: z.enum(recountStops),
      /** The district or shard it is at. */
      part: z.int().min(0),
      after: z.string().optional(),
    }),
  }),
]);

export type CountMessage = z.infer<typeof countMessage>;
export type Recount = Extract<CountMessage, { recount: unknown }>['recount'];
