import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type KeptSession,
  type SessionStore,
  sessionStore,
} from '../../../functions/console/sign-in/session-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeSessionStore } from '../../support/fakes/session-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const now = new Date('2027-01-25T08:00:00Z');
const later = new Date('2027-01-25T08:05:00Z');
let count = 0;

describe.each([
  ['in memory', (): SessionStore => fakeSessionStore()],
  ['in the table', (): SessionStore => sessionStore(dynoxide.table)],
])('sessions %s', (_where, open) => {
  let store: SessionStore;
  let session: KeptSession;
  beforeEach(() => {
    store = open();
    session = {
      key: `key-${++count}`,
      officer: { id: 'o', name: 'An officer', roles: ['officer'], districts: ['southend'] },
      endsAt: '2027-01-25T16:00:00.000Z',
      vouchedAt: now.toISOString(),
      askedAt: now.toISOString(),
      sealed: 'sealed',
    };
  });

  test('a session is found until it is over', async () => {
    await store.open(session);
    expect(await store.find(session.key, now)).toEqual(session);
    expect(await store.find(session.key, new Date('2027-01-25T15:59:59Z'))).toEqual(session);
    expect(await store.find(session.key, new Date('2027-01-25T16:00:00Z'))).toBeUndefined();
    expect(await store.find('another', now)).toBeUndefined();
  });

  test('a session that is there is never opened over', async () => {
    await store.open(session);
    await expect(store.open({ ...session, sealed: 'of somebody else' })).rejects.toThrow();
    expect(await store.find(session.key, now)).toEqual(session);
  });

  test('of several at once, one may ask the issuer', async () => {
    await store.open(session);
    const claims = await Promise.all([1, 2, 3].map(() => store.claimAsking(session, later)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.find(session.key, later)).toEqual({ ...session, askedAt: later.toISOString() });
  });

  test('what the issuer says is kept, but opens no session that has ended', async () => {
    await store.open(session);
    const renewed = { ...session, officer: { ...session.officer, districts: [] } };
    expect(await store.renew(renewed)).toBe(true);
    expect(await store.find(session.key, now)).toEqual(renewed);
    await store.end(session.key);
    expect(await store.find(session.key, now)).toBeUndefined();
    expect(await store.renew(renewed)).toBe(false);
    expect(await store.claimAsking(session, later)).toBe(false);
    expect(await store.find(session.key, now)).toBeUndefined();
  });

  test('ending one that is not there is no fault', async () => {
    await store.end('nowhere');
  });
});
