import type { Tally } from '../../shared/bulletins/chunk-store.ts';
import type { Claim, Notice } from '../../shared/bulletins/notice.ts';
import type { Sent } from './sent.ts';

/** What became of one claim: nothing was sent where there was nothing to say, or nobody to say it to. */
export type Result = { notice: Notice; sent?: Sent; places: number[] };

/** How many of a slice were told, now and before, and when to come back for those who are left. */
export function summary(
  claims: Map<string, Claim>,
  results: Result[],
  again: Date | undefined,
): { tally: Tally; again?: Date } {
  const others = [...claims.values()];
  const count = (outcome: string) => results.filter(({ sent }) => sent?.outcome === outcome).length;
  const settled = others.flatMap((each) => (each.outcome === 'settled' ? [each] : []));
  const failed = settled.filter(({ state }) => state === 'failed').length;
  const byEmail =
    settled.filter((each) => each.byEmail).length +
    results.filter(({ sent }) => sent?.outcome === 'sent' && sent.byEmail).length;
  const waits = others.flatMap((each) => (each.outcome === 'wait' ? [each.until] : []));
  return {
    tally: {
      sent: count('sent') + settled.length - failed,
      failed: count('rejected') + failed,
      ...(byEmail && { byEmail }),
    },
    again: earliest([again, ...waits]),
  };
}

export const earliest = (dates: (Date | undefined)[]): Date | undefined =>
  dates.filter((date) => date !== undefined).sort((one, other) => one.getTime() - other.getTime())[0];
