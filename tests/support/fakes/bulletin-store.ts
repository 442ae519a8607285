import type { Bulletin } from '../../../shared/bulletins/bulletin.ts';
import type { BulletinStore, Cause, KeptWindow } from '../../../shared/bulletins/bulletin-store.ts';
import type { Change } from '../../../shared/bulletins/change.ts';
import { Stale } from '../../../shared/runtime/errors.ts';

type Kept = { bulletin: Bulletin; isPublished: boolean; planned: Set<number> };

/** Windows and bulletins in memory; `changes` is what the api's transactions would leave. */
export function fakeBulletinStore(changes: Change[] = []) {
  const windows = new Map<string, KeptWindow>();
  const bulletins = new Map<string, Kept>();
  const causes = new Map<string, Cause[]>();

  const kept = (id: string): Kept => {
    const found = bulletins.get(id);
    if (!found) throw new Error(`there is no bulletin ${id}`);
    return found;
  };
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

  const store: BulletinStore = {
    window: async (district) => windows.get(district),
    pending: async (district) => changes.filter((change) => change.district === district),
    keepWindow: async (district, next, before) =>
      put(district, { ...next, told: before?.told ?? [] }, before),
    closeWindow: async (district, { before, left, gone, bulletin }) => {
      put(district, { ...left, told: gone.map(({ id }) => id) }, before);
      if (bulletin) bulletins.set(bulletin.id, { bulletin, isPublished: false, planned: new Set() });
      forget(gone.map(({ id }) => id));
    },
    begin: async (bulletin) => {
      if (!bulletins.has(bulletin.id))
        bulletins.set(bulletin.id, { bulletin, isPublished: false, planned: new Set() });
    },
    toldSince: async (district, from) =>
      [...bulletins.values()]
        .filter(({ bulletin }) => bulletin.district === district && new Date(bulletin.at) >= from)
        .map(({ bulletin }) => bulletin.id),
    forget: async (_district, ids) => forget(ids),
    get: async (id) => {
      const found = bulletins.get(id);
      return found && { ...found, planned: [...found.planned] };
    },
    noteCauses: async ({ id, district, entries }) => {
      for (const [place, { eventId, version, what }] of entries.entries()) {
        const others = (causes.get(eventId) ?? []).filter((cause) => cause.bulletin !== id);
        causes.set(eventId, [...others, { bulletin: id, place, version, district, what }]);
      }
    },
    causesOf: async (eventId) => causes.get(eventId) ?? [],
    sentOf: async (id) => {
      const found = bulletins.get(id)?.bulletin;
      return found && { at: found.at, district: found.district, email: 0, sms: 0 };
    },
    causedBy: async (eventId) =>
      (causes.get(eventId) ?? []).map(({ bulletin, district, version, what }) => ({
        id: bulletin,
        at: bulletins.get(bulletin)?.bulletin.at,
        district,
        version,
        what,
        email: 0,
        sms: 0,
      })),
    markPublished: async (id) => {
      kept(id).isPublished = true;
    },
    markPlanned: async (id, shards) => {
      for (const shard of shards) kept(id).planned.add(shard);
    },
  };
  return store;
}
