import type { SettleMessage } from '../../shared/bulletins/bulletin.ts';
import type { Change } from '../../shared/bulletins/change.ts';
import { nextLook, opened, type Pace } from '../../shared/bulletins/settling.ts';
import type { WindowStore } from '../../shared/bulletins/window-store.ts';
import { Stale } from '../../shared/runtime/errors.ts';
import { MOST_DELAY_SECONDS, type Queue } from '../../shared/runtime/queue.ts';

export type GatherDeps = {
  windows: Pick<WindowStore, 'window' | 'keepWindow'>;
  settle: Pick<Queue, 'send'>;
  pace: Pace;
  now: () => Date;
};

const ATTEMPTS = 5;

/** Opens or prolongs the window of each district that changed, and has it looked at when it closes. */
export async function gatherChanges(changes: Change[], deps: GatherDeps): Promise<void> {
  for (const [district, own] of Map.groupBy(changes, (change) => change.district))
    await gather(district, own, deps);
}

async function gather(district: string, changes: Change[], { windows, settle, pace, now }: GatherDeps) {
  for (let attempt = 1; ; attempt++) {
    const before = await windows.window(district);
    const window = opened(before, changes, now(), pace);
    try {
      await windows.keepWindow(district, window, before);
    } catch (error) {
      if (error instanceof Stale && attempt < ATTEMPTS) continue;
      throw error;
    }
    const look = nextLook(window);
    const seconds = look ? Math.ceil(Math.max(0, look.getTime() - now().getTime()) / 1000) : 0;
    // What waits for the morning is the minute tick's.
    const body: SettleMessage = { district };
    if (seconds <= MOST_DELAY_SECONDS) await settle.send([{ body, delaySeconds: seconds }]);
    return;
  }
}
