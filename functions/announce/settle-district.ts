import type { Bulletin } from '../../shared/bulletins/bulletin.ts';
import { closed, compose, nextLook, type Pace } from '../../shared/bulletins/settling.ts';
import type { WindowStore } from '../../shared/bulletins/window-store.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import { Stale } from '../../shared/runtime/errors.ts';

export type SettleDeps = {
  windows: WindowStore;
  events: Pick<EventStore, 'getAll'>;
  pace: Pace;
  now: () => Date;
  newId: () => string;
};

/** Closes a district's window when it is time: the bulletin to publish, if there is anything to tell. */
export async function settleDistrict(
  district: string,
  { windows, events, pace, now, newId }: SettleDeps,
): Promise<Bulletin | undefined> {
  const window = await windows.window(district);
  if (!window) return undefined;
  const look = nextLook(window);
  if (!look || look > now()) return undefined;
  await windows.forget(district, window.told);
  const { go, left } = closed(window, await windows.pending(district), now(), pace);
  const entries = compose(go, await events.getAll(go.map(({ eventId }) => eventId)), now());
  const bulletin = entries.length ? { id: newId(), district, at: now().toISOString(), entries } : undefined;
  try {
    await windows.closeWindow(district, { before: window, left, gone: go, bulletin });
  } catch (error) {
    // Another worker closed it, or a change prolonged it and had it looked at again.
    if (error instanceof Stale) return undefined;
    throw error;
  }
  return bulletin;
}
