import type { SettleMessage } from '../../shared/bulletins/bulletin.ts';
import { nextLook, type Window } from '../../shared/bulletins/settling.ts';
import { MOST_DELAY_SECONDS, type Queue } from '../../shared/runtime/queue.ts';

export type LookAgainDeps = { settle: Pick<Queue, 'send'>; now: () => Date };

/** Has a window looked at when it closes. What waits for the morning is the minute tick's. */
export async function lookAgain(
  district: string,
  window: Window,
  { settle, now }: LookAgainDeps,
): Promise<void> {
  const look = nextLook(window);
  if (!look) return;
  const seconds = Math.ceil(Math.max(0, look.getTime() - now().getTime()) / 1000);
  const body: SettleMessage = { district };
  if (seconds <= MOST_DELAY_SECONDS) await settle.send([{ body, delaySeconds: seconds }]);
}
