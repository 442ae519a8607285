import * as z from 'zod';
import { isInReach, outOfReach } from '../../shared/events/reach.ts';

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
      (cursor) => cursorOf(placeOf(cursor)) === cursor && isPlace(placeOf(cursor)),
      'is not a cursor of this list',
    )
    .optional()
    .meta({ description: 'From the answer before: what follows it' }),
});

/** A start and an id, as lists are sorted. */
const isPlace = (place: string) => /^[+-]?\d{4,6}-\d\d-\d\dT[\d:.]+Z#[\w-]{1,64}$/.test(place);

const day = (description: string) =>
  z.iso
    .date({ error: 'must be a date such as 2027-01-25', abort: true })
    .refine(isInReach, outOfReach)
    .optional()
    .meta({ description });

/** Dates that events start on, both inclusive. */
export const dateRange = { from: day('The first day'), to: day('The last day, inclusive') };

export function inOrder({ from, to }: { from?: string; to?: string }, context: z.RefinementCtx) {
  if (from && to && to < from)
    context.addIssue({ code: 'custom', message: 'must not be before the first day', path: ['to'] });
}
