import { readFileSync } from 'node:fs';
import { FunctionCode } from 'aws-cdk-lib/aws-cloudfront';
import { Temporal } from 'temporal-polyfill';
import type { Force } from '../shared/force/force.ts';

const file = new URL('prefer-gzip.js', import.meta.url);
const place = 'const successors = {};';

/** The edge's function for calendars, which knows the districts that end and what follows them. */
export const calendarAddresses = (force: Pick<Force, 'districts' | 'timeZone'>): FunctionCode =>
  FunctionCode.fromInline(withSuccessors(readFileSync(file, 'utf8'), force));

export function withSuccessors(code: string, { districts, timeZone }: Pick<Force, 'districts' | 'timeZone'>) {
  const successors = districts.flatMap(({ id, to, successor }) => {
    if (!to || !successor) return [];
    const after = Temporal.PlainDate.from(to).add({ days: 1 }).toZonedDateTime(timeZone);
    return [[id, { endedAt: after.epochMilliseconds, id: successor }]];
  });
  if (!code.includes(place)) throw new Error(`the edge's function no longer says ${place}`);
  return code.replace(place, `const successors = ${JSON.stringify(Object.fromEntries(successors))};`);
}
