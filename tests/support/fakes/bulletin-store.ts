import type { Bulletin } from '../../../shared/bulletins/bulletin.ts';
import type { BulletinStore } from '../../../shared/bulletins/bulletin-store.ts';
import type { Cause } from '../../../shared/bulletins/told-of-events.ts';

type Kept = { bulletin: Bulletin; isPublished: boolean; planned: Set<number> };

/** Bulletins in memory. */
export function fakeBulletinStore() {
  const bulletins = new Map<string, Kept>();
  const causes = new Map<string, Cause[]>();

  const kept = (id: string): Kept => {
    const found = bulletins.get(id);
    if (!found) throw new Error(`there is no bulletin ${id}`);
    return found;
  };

  const store: BulletinStore = {
    begin: async (bulletin) => {
      if (!bulletins.has(bulletin.id))
        bulletins.set(bulletin.id, { bulletin, isPublished: false, planned: new Set() });
    },
    toldSince: async (district, from) =>
      [...bulletins.values()]
        .filter(({ bulletin }) => bulletin.district === district && new Date(bulletin.at) >= from)
        .map(({ bulletin }) => bulletin.id),
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
