import * as z from 'zod';
import type { Force } from '../force/force.ts';
import type { Officer } from '../identity/officer.ts';
import { lastYear, MONTHS_AHEAD, MONTHS_BACK, MOST_MONTHS } from './dashboard.ts';
import { addMonths } from './months.ts';

const month = z
  .string()
  .regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/, 'must be a month such as 2027-01')
  .optional();

/** What may be asked of the dashboard. */
export const dashboardQuery = (force: Force) =>
  z.strictObject({
    from: month.meta({ description: 'The first month' }),
    to: month.meta({ description: 'The last month, inclusive' }),
    district: z
      .string()
      .refine((id) => force.district.has(id), 'is not a district of this force')
      .optional()
      .meta({ description: 'All of one’s own where it is not given' }),
  });

/** The span that is asked for: without months the year up to this one. */
export function dashboardSpan(now: Date, timeZone: string) {
  const year = lastYear(now, timeZone);
  const first = addMonths(year.to, -MONTHS_BACK);
  const last = addMonths(year.to, MONTHS_AHEAD);
  return z
    .object({ from: month, to: month })
    .transform(({ from, to }) => {
      const end = to ?? (from ? addMonths(from, 11) : year.to);
      return { from: from ?? addMonths(end, -11), to: end };
    })
    .superRefine(({ from, to }, context) => {
      const fault = (message: string, ...path: string[]) =>
        context.addIssue({ code: 'custom', message, path });
      if (to < from) fault('must not be before the first month', 'to');
      else if (to > addMonths(from, MOST_MONTHS - 1)) fault(`must be within ${MOST_MONTHS} months`, 'to');
      if (from < first) fault(`must be ${first} or later`, 'from');
      if (to > last) fault(`must be ${last} or earlier`, 'to');
    });
}

/** The districts that the dashboard shows an officer. */
export const dashboardDistricts = (officer: Officer, district: string | undefined) =>
  district ? [district] : officer.districts;
