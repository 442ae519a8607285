import { toLocal } from '../events/zone-time.ts';
import type { TableReads } from '../table/table-reads.ts';

export type TextMoney = ReturnType<typeof textMoney>;

/** The rest is kept for cancellations and moves within 12 hours: somebody would stand before a closed door. */
export const SHARE_OF_NEWS = 0.95;

/** Where it is written down what texts have cost in this month of the force's zone. */
export const textMoneyKey = (now: Date, timeZone: string) => ({
  pk: 'TEXT-BUDGET',
  sk: toLocal(now, timeZone).slice(0, 7),
});

/** What is left of this month's money for texts, in pence. */
export function textMoney({
  table,
  pence: limit,
  timeZone,
  now,
}: {
  table: Pick<TableReads, 'get'>;
  pence: number;
  timeZone: string;
  now: () => Date;
}) {
  /** `news` for what does not press: when that is used up, the rest is for late cancellations and moves. */
  return async function left(): Promise<{ all: number; news: number }> {
    const spent = Number((await table.get(textMoneyKey(now(), timeZone)))?.spent ?? 0);
    return { all: Math.max(0, limit - spent), news: Math.max(0, limit * SHARE_OF_NEWS - spent) };
  };
}
