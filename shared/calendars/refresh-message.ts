import * as z from 'zod';

/** Queue `refresh`: one calendar is to be put together again, or all are rendered anew, a slice at a time. */
export const refreshMessage = z.union([
  z.strictObject({ calendar: z.string() }),
  z.strictObject({ rebuild: z.strictObject({ revision: z.string(), after: z.string().optional() }) }),
  z.strictObject({ republish: z.strictObject({ revision: z.string(), from: z.int() }) }),
]);

export type RefreshMessage = z.infer<typeof refreshMessage>;
