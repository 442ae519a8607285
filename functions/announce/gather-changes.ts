import type { Change } from '../../shared/bulletins/change.ts';
import { opened, type Pace } from '../../shared/bulletins/settling.ts';
import type { WindowStore } from '../../shared/bulletins/window-store.ts';
import { Stale } from '../../shared/runtime/errors.ts';
import { type LookAgainDeps, lookAgain } from './look-again.ts';

export type GatherDeps = LookAgainDeps & {
  windows: Pick<WindowStore, 'window' | 'keepWindow'>;
  pace: Pace;
};

const ATTEMPTS = 5;

/** Opens or prolongs the window of each district that changed, and has it looked at when it closes. */
export async function gatherChanges(changes: Change[], deps: GatherDeps): Promise<void> {
  for (const [district, own] of Map.groupBy(changes, (change) => change.district))
    await gather(district, own, deps);
}

async function gather(district: string, changes: Change[], deps: GatherDeps) {
  const { windows, pace, now } = deps;
  for (let attempt = 1; ; attempt++) {
    const before = await windows.window(district);
    const window = opened(before, changes, now(), pace);
    try {
      await windows.keepWindow(district, window, before);
    } catch (error) {
      if (error instanceof Stale && attempt < ATTEMPTS) continue;
      throw error;
    }
    return lookAgain(district, window, deps);
  }
}
