import type { BulletinStore } from '../../../shared/bulletins/bulletin-store.ts';
import type { Change } from '../../../shared/bulletins/change.ts';
import type { KeptWindow, WindowStore } from '../../../shared/bulletins/window-store.ts';
import { Stale } from '../../../shared/runtime/errors.ts';

/** Windows in memory; `changes` is what the api's transactions would leave, bulletins go to their store. */
export function fakeWindowStore(bulletins: Pick<BulletinStore, 'begin'>, changes: Change[] = []) {
  const windows = new Map<string, KeptWindow>();

  const put = (district: string, next: Omit<KeptWindow, 'revision'>, before: KeptWindow | undefined) => {
    if (windows.get(district)?.revision !== before?.revision) throw new Stale('somebody was first');
    windows.set(district, { ...next, revision: (before?.revision ?? 0) + 1 });
  };
  const forget = (ids: string[]) => {
    for (const id of ids) {
      const at = changes.findIndex((change) => change.id === id);
      if (at >= 0) changes.splice(at, 1);
    }
  };

  const store: WindowStore = {
    window: async (district) => windows.get(district),
    pending: async (district) => changes.filter((change) => change.district === district),
    keepWindow: async (district, next, before) =>
      put(district, { ...next, told: before?.told ?? [] }, before),
    closeWindow: async (district, { before, left, gone, bulletin }) => {
      put(district, { ...left, told: gone.map(({ id }) => id) }, before);
      if (bulletin) await bulletins.begin(bulletin);
      forget(gone.map(({ id }) => id));
    },
    forget: async (_district, ids) => forget(ids),
  };
  return store;
}
