import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Where the identity provider keeps sessions and codes: signing in again after a restart costs one click. */
export function signInMemory() {
  const kept = new Map<string, AdapterPayload>();
  return (name: string): Adapter => {
    const key = (id: string) => `${name}:${id}`;
    const where = (fits: (payload: AdapterPayload) => boolean) =>
      [...kept].find(([id, payload]) => id.startsWith(`${name}:`) && fits(payload))?.[1];
    return {
      upsert: async (id, payload) => void kept.set(key(id), payload),
      find: async (id) => kept.get(key(id)),
      findByUserCode: async (code) => where(({ userCode }) => userCode === code),
      findByUid: async (uid) => where((payload) => payload.uid === uid),
      consume: async (id) => {
        const payload = kept.get(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void kept.delete(key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
      },
    };
  };
}
