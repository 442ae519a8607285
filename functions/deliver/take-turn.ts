import type { SendRate } from './send-rate.ts';

/** Waits for the turn of this many sends; where that would take too long, says when to ask again. */
export async function takeTurn(
  count: number,
  rate: Pick<SendRate, 'book'>,
  { now, pause }: { now: () => Date; pause: (milliseconds: number) => Promise<void> },
): Promise<Date | undefined> {
  const turn = await rate.book(count);
  if ('askAgainAt' in turn) return turn.askAgainAt;
  const wait = turn.startsAt.getTime() - now().getTime();
  if (wait > 0) await pause(wait);
  return undefined;
}
