import { z } from 'zod';

const CURSOR = 'v1:';

/** Where the next page begins, as the caller carries it. */
export const cursorOf = (place: string) => Buffer.from(`${CURSOR}${place}`).toString('base64url');

/** @returns the place a cursor made by `cursorOf` stands for */
export const placeOf = (cursor: string) => Buffer.from(cursor, 'base64url').toString().slice(CURSOR.length);

/** What every list takes. */
export const listQuery = z.strictObject({
  limit: z.coerce
    .number('must be a whole number from 1 to 100')
    .int('must be a whole number from 1 to 100')
    .min(1, 'must be 1 or more')
    .max(100, 'must be 100 or fewer')
    .default(50),
  cursor: z
    .string()
    .refine(
      (cursor) => cursorOf(placeOf(cursor)) === cursor && placeOf(cursor) !== '',
      'is not a cursor of this list',
    )
    .optional(),
});
