import type { KeptSession, SessionStore } from '../../../functions/console/sign-in/session-store.ts';

/** Sessions in memory. */
export function fakeSessionStore(): SessionStore {
  const sessions = new Map<string, KeptSession>();
  return {
    open: async (session) => {
      if (sessions.has(session.key)) throw new Error('there is such a session');
      sessions.set(session.key, session);
    },
    find: async (key, now) => {
      const session = sessions.get(key);
      return session && Date.parse(session.endsAt) > now.getTime() ? session : undefined;
    },
    claimAsking: async ({ key, askedAt }, now) => {
      const session = sessions.get(key);
      if (session?.askedAt !== askedAt) return false;
      sessions.set(key, { ...session, askedAt: now.toISOString() });
      return true;
    },
    renew: async (session) => {
      if (!sessions.has(session.key)) return false;
      sessions.set(session.key, session);
      return true;
    },
    end: async (key) => {
      sessions.delete(key);
    },
  };
}
