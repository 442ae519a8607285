import type { Bulletin } from '../../shared/bulletins/bulletin.ts';
import { closed, compose, nextLook, type Pace } from '../../shared/bulletins/settling.ts';
import type { WindowStore } from '../../shared/bulletins/window-store.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { RunningImportStore } from '../../shared/imports/running-import-store.ts';
import { Stale } from '../../shared/runtime/errors.ts';
import { type LookAgainDeps, lookAgain } from './look-again.ts';

export type SettleDeps = LookAgainDeps & {
  windows: WindowStore;
  events: Pick<EventStore, 'getAll'>;
  imports: Pick<RunningImportStore, 'running'>;
  pace: Pace;
  newId: () => string;
};

/** Closes a district's window when it is time: the bulletin to publish, if there is anything to tell. */
export async function settleDistrict(district: string, deps: SettleDeps): Promise<Bulletin | undefined> {
  const { windows, events, imports, pace, now, newId } = deps;
  const window = await windows.window(district);
  if (!window) return undefined;
  const look = nextLook(window);
  if (!look || look > now()) return undefined;
  await windows.forget(district, window.told);
  const changes = await windows.pending(district);
  const running = await imports.running(changes.flatMap(({ importId }) => importId ?? []));
  const { go, left } = closed(window, changes, { now: now(), running, pace });
  const entries = compose(go, await events.getAll(go.map(({ eventId }) => eventId)), now());
  const bulletin = entries.length ? { id: newId(), district, at: now().toISOString(), entries } : undefined;
  try {
    await windows.closeWindow(district, { before: window, left, gone: go, bulletin });
  } catch (error) {
    // Another worker closed it, or a change prolonged it and had it looked at again.
    if (error instanceof Stale) return undefined;
    throw error;
  }
  await lookAgain(district, left, deps);
  return bulletin;
}
