import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Claim, Notice } from '../../../shared/bulletins/notice.ts';
import { type NoticeStore, noticeStore } from '../../../shared/bulletins/notice-store.ts';
import type { Table } from '../../../shared/table/table.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const now = new Date('2027-01-05T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let run = 0;
let bulletin: string;
beforeEach(() => {
  bulletin = `bulletin-${run++}`;
});

const claimAt = (notices: NoticeStore, at: Date, ids: string[], claim: string) =>
  notices.claim(
    { bulletin, subscriptions: ids, entries: [0, 1], claim },
    { now: at, until: new Date(at.getTime() + 120_000) },
  );

describe.each([
  ['in memory', fakeNoticeStore],
  ['in the table', () => noticeStore(dynoxide.table)],
])('the send ledger %s', (_where, open) => {
  let notices: NoticeStore;
  let claims: number;
  beforeEach(() => {
    notices = open();
    claims = 0;
  });
  const claimAll = (at: Date, ids: string[]) => claimAt(notices, at, ids, `claim-${claims++}`);
  const claim = async (at: Date, id = 's') => (await claimAll(at, [id])).get(id);
  const mine = async (at: Date, id = 's') => noticeIn(await claim(at, id));
  const unknown = (notice: Notice, until: Date): Notice => ({
    ...notice,
    state: 'unknown',
    lost: notice.lost + 1,
    until: until.toISOString(),
  });

  test('one worker claims, the others wait for its lease to end', async () => {
    expect(await mine(now)).toMatchObject({ attempt: 1 });
    expect(await claim(later(1))).toEqual({ outcome: 'wait', until: later(2) });
    expect(await mine(later(2))).toMatchObject({ attempt: 2 });
  });

  test('of many, those that are open are claimed together', async () => {
    await claim(now, 'b');
    await notices.record([{ ...(await mine(now, 'c')), state: 'sent' }]);
    const claims = await claimAll(later(1), ['a', 'b', 'c', 'd']);
    expect([...claims].map(([id, { outcome }]) => `${id} ${outcome}`)).toEqual([
      'a claimed',
      'b wait',
      'c settled',
      'd claimed',
    ]);
  });

  test('one that kills worker after worker is let go', async () => {
    for (let killed = 0; killed < 5; killed++) await mine(later(killed * 2));
    expect(await claim(later(9))).toMatchObject({ outcome: 'wait' });
    expect(await claim(later(10))).toEqual({ outcome: 'settled', state: 'unknown' });
  });

  test.each(['sent', 'failed'] as const)('what is %s is settled for ever', async (state) => {
    await notices.record([{ ...(await mine(now)), state }]);
    expect(await claim(later(60))).toEqual({ outcome: 'settled', state });
  });

  test('an unknown outcome is tried once more after its grace, and no more', async () => {
    await notices.record([unknown(await mine(now), later(10))]);
    expect(await claim(later(9))).toEqual({ outcome: 'wait', until: later(10) });
    const again = await mine(later(10));
    expect(again).toMatchObject({ attempt: 2, lost: 1 });
    await notices.record([unknown(again, later(20))]);
    expect(await claim(later(11))).toEqual({ outcome: 'settled', state: 'unknown' });
  });

  test('the provider’s word that it was sent settles it, and nothing takes that back', async () => {
    const notice = await mine(now);
    await notices.record([unknown(notice, later(10))]);
    await notices.markSent(bulletin, 's');
    await notices.record([{ ...notice, state: 'failed' }]);
    await notices.release([notice], now);
    expect(await claim(later(60))).toEqual({ outcome: 'settled', state: 'sent' });
    await notices.markSent(bulletin, 'nobody');
    const rows = ['nobody', 's', 's'].map((subscription) => ({ bulletin, subscription }));
    expect(await notices.areSent(rows)).toEqual([false, true, true]);
    expect(await notices.told(bulletin, 0, ['nobody'])).toEqual(new Set());
  });

  test('it is known when somebody last heard one of several bulletins', async () => {
    expect(await notices.lastHeard('s', [bulletin])).toBeUndefined();
    const notice = await mine(now);
    expect(await notices.lastHeard('s', [bulletin])).toBeUndefined();
    await notices.record([{ ...notice, state: 'sent', until: later(10).toISOString() }]);
    expect(await notices.lastHeard('s', ['another', bulletin])).toEqual(later(10));
    expect(await notices.lastHeard('somebody', [bulletin])).toBeUndefined();
  });

  test('of many recorded at once, one that is known to be sent harms none of the others', async () => {
    const claims = await claimAll(now, ['a', 'b']);
    await notices.markSent(bulletin, 'a');
    const rows = [...claims.values()].map(noticeIn);
    await notices.record(rows.map((notice) => ({ ...notice, state: 'failed' as const })));
    expect(await claim(later(9), 'a')).toEqual({ outcome: 'settled', state: 'sent' });
    expect(await claim(later(9), 'b')).toEqual({ outcome: 'settled', state: 'failed' });
  });

  test('a claim that is given back is anybody’s at once', async () => {
    await notices.release([await mine(now)], now);
    expect(await mine(now)).toMatchObject({ attempt: 1 });
  });

  test('given back after an outcome was lost, that it was lost is not forgotten', async () => {
    await notices.record([unknown(await mine(now), later(10))]);
    await notices.release([await mine(later(10))], later(11));
    const last = await mine(later(11));
    expect(last).toMatchObject({ lost: 1 });
    await notices.record([unknown(last, later(20))]);
    expect(await claim(later(60))).toEqual({ outcome: 'settled', state: 'unknown' });
  });

  test('a worker that overslept its lease neither gives back nor fails another’s claim', async () => {
    const slow = await mine(now);
    await mine(later(2));
    await notices.release([slow], later(3));
    await notices.record([{ ...slow, state: 'failed' }]);
    expect(await claim(later(3))).toEqual({ outcome: 'wait', until: later(4) });
    await notices.record([{ ...slow, state: 'sent' }]);
    expect(await claim(later(3))).toEqual({ outcome: 'settled', state: 'sent' });
  });

  test('who was told of what is known', async () => {
    await claim(now, 'claiming');
    await notices.record([{ ...(await mine(now)), state: 'sent', entries: [1] }]);
    const told = (place: number) => notices.told(bulletin, place, ['s', 'claiming', 'nobody']);
    expect(await told(0)).toEqual(new Set(['claiming']));
    expect(await told(1)).toEqual(new Set(['s', 'claiming']));
    expect(await notices.told(bulletin, 0, [])).toEqual(new Set());
  });
});

describe('when the table does what it was asked and its answer is lost', () => {
  /** Every write is made, then asked for again as a client does that heard nothing. */
  const forgetful = (table: Table): Table => {
    const client = Object.create(table.client) as Table['client'];
    client.send = (async (command: never) => {
      const isWrite = [PutCommand, TransactWriteCommand].some((kind) => (command as object) instanceof kind);
      if (isWrite) await table.client.send(command);
      return table.client.send(command);
    }) as Table['client']['send'];
    return { ...table, client };
  };

  test.each([1, 3])('a worker knows its own claims again: %i', async (many) => {
    const ids = Array.from({ length: many }, (_, n) => `s${n}`);
    const claims = await claimAt(noticeStore(forgetful(dynoxide.table)), now, ids, 'mine');
    expect([...claims.values()].map(({ outcome }) => outcome)).toEqual(ids.map(() => 'claimed'));
    const others = await claimAt(noticeStore(dynoxide.table), now, ids, 'other');
    expect([...others.values()].map(({ outcome }) => outcome)).toEqual(ids.map(() => 'wait'));
  });
});

test('of two workers that claim the same at once, each has what the other has not', async () => {
  const notices = noticeStore(dynoxide.table);
  const ids = Array.from({ length: 50 }, (_, n) => `s${n}`);
  const both = await Promise.all(['one', 'other'].map((claim) => claimAt(notices, now, ids, claim)));
  for (const id of ids)
    expect(
      both.filter((claims) => claims.get(id)?.outcome === 'claimed'),
      id,
    ).toHaveLength(1);
});

function noticeIn(claim: Claim | undefined): Notice {
  if (claim?.outcome !== 'claimed') throw new Error(`not claimed: ${claim?.outcome}`);
  return claim.notice;
}
