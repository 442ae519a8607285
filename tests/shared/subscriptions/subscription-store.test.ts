import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SUBSCRIBER_SHARDS } from '../../../shared/bulletins/bulletin.ts';
import { Gone, Invalid, TooMany } from '../../../shared/runtime/errors.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { consentTo } from '../../../shared/subscriptions/consent.ts';
import type { Subscription, Wish } from '../../../shared/subscriptions/subscription.ts';
import {
  type SubscriptionStore,
  subscriptionStore,
} from '../../../shared/subscriptions/subscription-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const secret = signing('a secret of the tests');
let at: Date;
let ids: string[];
const later = (milliseconds: number) => {
  at = new Date(at.getTime() + milliseconds);
};
const newId = () => {
  const id = randomBytes(12).toString('base64url');
  ids.push(id);
  return id;
};
const deps = { signing: secret, now: () => at, newId };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
let person = 0;

describe.each([
  ['in memory', (): SubscriptionStore => fakeSubscriptionStore(deps)],
  ['in the table', (): SubscriptionStore => subscriptionStore({ ...deps, table: dynoxide.table })],
])('subscriptions %s', (_where, open) => {
  let store: SubscriptionStore;
  let wish: Wish;
  beforeEach(() => {
    at = new Date('2027-01-04T10:00:00Z');
    later(person * DAY);
    ids = [];
    store = open();
    person++;
    wish = {
      channel: 'email',
      address: `resident${person}@example.com`,
      districts: ['basildon', 'southend'],
      kinds: [],
      frequency: 'immediately',
      reminders: false,
      follows: [],
    };
  });

  const consent = () => consentTo({ name: 'Essex Police' }, at);
  /** The id of the confirmation it made, if it made one. */
  async function ask(wanted: Wish, client = `client ${person}`) {
    const known = ids.length;
    await store.requestConfirmation(wanted, { consent: consent(), client });
    return ids[known];
  }
  const link = (id = '') => ({ token: secret.sign('confirm', id) });
  const code = (written: string, { channel, address }: Wish = wish) => ({ channel, address, code: written });
  const wrong = (id = '') => String((Number(secret.code(id)) + 1) % 1_000_000).padStart(6, '0');
  const subscribe = async (wanted: Wish) => store.confirm(link(await ask(wanted)));

  async function districtsListing({ id }: Pick<Subscription, 'id'>) {
    const listing: string[] = [];
    for (const district of ['basildon', 'southend', 'harlow'])
      for (let shard = 0; shard < SUBSCRIBER_SHARDS; shard++) {
        const page = await store.subscribersOf(district, shard, { limit: 1000 });
        if (page.items.some((each) => each.id === id)) listing.push(district);
      }
    return listing;
  }

  describe('asking', () => {
    test('makes a confirmation and no subscriber', async () => {
      const id = await ask(wish);
      expect(await store.openConfirmation(id ?? '')).toEqual({
        id,
        wish,
        consent: consent(),
        endsAt: new Date(at.getTime() + DAY).toISOString(),
      });
      expect(await districtsListing({ id: id ?? '' })).toEqual([]);
    });

    test('again replaces the confirmation before', async () => {
      const first = await ask(wish);
      const second = await ask(wish);
      expect(await store.openConfirmation(first ?? '')).toBeUndefined();
      await expect(store.confirm(link(first))).rejects.toThrow(Gone);
      await expect(store.confirm(code(secret.code(first ?? '')))).rejects.toThrow(Invalid);
      await store.confirm(link(second));
    });

    test('makes four confirmations an hour for one address, in silence', async () => {
      for (let count = 0; count < 4; count++) expect(await ask(wish)).toBeDefined();
      const fourth = ids.at(-1);
      expect(await ask(wish)).toBeUndefined();
      later(59 * MINUTE);
      expect(await ask(wish)).toBeUndefined();
      later(2 * MINUTE);
      expect(await ask(wish)).toBeDefined();
      expect(await store.openConfirmation(fourth ?? '')).toBeUndefined();
    });

    test('is admitted thirty times a minute from one client, and others still are', async () => {
      const neighbours = Array.from({ length: 31 }, (_, n) => ({
        ...wish,
        address: `n${n}.${wish.address}`,
      }));
      for (const each of neighbours.slice(0, 30)) await ask(each, 'one client');
      const refusal = await ask(neighbours[30] ?? wish, 'one client').catch((error) => error);
      expect(refusal).toBeInstanceOf(TooMany);
      expect(refusal.retryAfterSeconds).toBeGreaterThan(0);
      expect(await ask(wish, 'another client')).toBeDefined();
      later(refusal.retryAfterSeconds * 1000);
      expect(await ask(neighbours[30] ?? wish, 'one client')).toBeDefined();
    });

    test('twice at once makes one open confirmation', async () => {
      await Promise.all([ask(wish), ask(wish), ask(wish)]);
      const open = await Promise.all(ids.map((id) => store.openConfirmation(id)));
      expect(open.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('confirming', () => {
    test('by link makes the subscription, its consent with it', async () => {
      const asked = consent();
      const id = await ask(wish);
      later(HOUR);
      const subscription = await store.confirm(link(id));
      expect(subscription).toEqual({
        ...wish,
        id: subscription.id,
        status: 'active',
        consent: asked,
        confirmedAt: at.toISOString(),
      });
      expect(await store.find(subscription.id)).toEqual(subscription);
      expect(await store.activeSubscriptions([subscription.id, 'nobody'])).toEqual([subscription]);
      expect(await districtsListing(subscription)).toEqual(['basildon', 'southend']);
    });

    test('by code does the same', async () => {
      const text: Wish = { ...wish, channel: 'sms', address: '+447700900123', frequency: 'urgent' };
      const id = await ask(text);
      const subscription = await store.confirm(code(secret.code(id ?? ''), text));
      expect(subscription).toMatchObject({ ...text, status: 'active' });
      await store.end(subscription.id, 'unsubscribed');
    });

    test('works once', async () => {
      const id = await ask(wish);
      await store.confirm(link(id));
      await expect(store.confirm(link(id))).rejects.toThrow(Gone);
      await expect(store.confirm(code(secret.code(id ?? '')))).rejects.toThrow(Gone);
    });

    test('works once even if done twice at the same moment', async () => {
      const id = await ask(wish);
      const outcomes = await Promise.allSettled([store.confirm(link(id)), store.confirm(link(id))]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    test('works for 24 hours', async () => {
      const id = await ask(wish);
      later(DAY - 1000);
      const other = await ask({ ...wish, address: `late.${wish.address}` });
      await store.confirm(link(id));
      later(DAY);
      await expect(store.confirm(link(other))).rejects.toThrow(Gone);
      expect(await store.openConfirmation(other ?? '')).toBeUndefined();
    });

    test.each(['', 'x', 'abc.def'])('does not work with the token "%s"', async (token) => {
      await expect(store.confirm({ token })).rejects.toThrow(Gone);
    });

    test('does not work with a token that manages', async () => {
      const id = await ask(wish);
      await expect(store.confirm({ token: secret.sign('manage', id ?? '') })).rejects.toThrow(Gone);
    });

    test('a code for nobody is gone', async () => {
      await expect(store.confirm(code('123456'))).rejects.toThrow(Gone);
    });

    test('may be guessed wrong four times', async () => {
      const id = await ask(wish);
      for (let guess = 0; guess < 4; guess++)
        await expect(store.confirm(code(wrong(id)))).rejects.toThrow(Invalid);
      await store.confirm(code(secret.code(id ?? '')));
    });

    test('ends with the fifth wrong code', async () => {
      const id = await ask(wish);
      for (let guess = 0; guess < 4; guess++)
        await expect(store.confirm(code(wrong(id)))).rejects.toThrow(Invalid);
      await expect(store.confirm(code(wrong(id)))).rejects.toThrow(TooMany);
      await expect(store.confirm(code(secret.code(id ?? '')))).rejects.toThrow(Gone);
      await expect(store.confirm(link(id))).rejects.toThrow(Gone);
    });

    test('twenty guesses at once are five', async () => {
      const id = await ask(wish);
      const guesses = Array.from({ length: 20 }, () => store.confirm(code(wrong(id))));
      const errors = (await Promise.allSettled(guesses)).map((each) =>
        each.status === 'rejected' ? each.reason.name : 'let in',
      );
      expect(errors.filter((name) => name === 'Invalid')).toHaveLength(4);
      expect(errors.filter((name) => name === 'TooMany')).toHaveLength(1);
      expect(errors.filter((name) => name === 'Gone')).toHaveLength(15);
    });
  });

  describe('asking again for an active address', () => {
    test('changes nothing until it is confirmed, and then the same subscription', async () => {
      const before = await subscribe(wish);
      const changed: Wish = { ...wish, districts: ['harlow', 'southend'], kinds: ['talk'], reminders: true };
      const id = await ask(changed);
      expect(await store.find(before.id)).toEqual(before);
      const after = await store.confirm(link(id));
      expect(after).toMatchObject({ ...changed, id: before.id });
      expect(await districtsListing(before)).toEqual(['southend', 'harlow']);
    });

    test('to follow one event adds it and keeps the rest', async () => {
      const before = await subscribe({ ...wish, kinds: ['talk'], reminders: true, follows: ['event1'] });
      const after = await subscribe({ ...wish, districts: [], kinds: [], follows: ['event2'] });
      expect(after).toMatchObject({
        id: before.id,
        districts: wish.districts,
        kinds: ['talk'],
        reminders: true,
        follows: ['event1', 'event2'],
      });
      expect(await subscribe({ ...wish, districts: ['harlow'] })).toMatchObject({
        districts: ['harlow'],
        follows: ['event1', 'event2'],
      });
    });

    test('follows the twenty events asked for last', async () => {
      const events = Array.from({ length: 20 }, (_, n) => `event${n}`);
      const { id } = await subscribe({ ...wish, follows: events });
      expect(await subscribe({ ...wish, districts: [], follows: ['one more'] })).toMatchObject({
        id,
        follows: [...events.slice(1), 'one more'],
      });
      const { items } = await store.followersOf('event0', { limit: 100 });
      expect(items.filter((each) => each.id === id)).toEqual([]);
    });

    test('a text to the same person is a subscription of its own', async () => {
      const email = await subscribe(wish);
      const text = await subscribe({ ...wish, channel: 'sms', frequency: 'urgent' });
      expect(text.id).not.toBe(email.id);
    });
  });

  describe('changing', () => {
    test('moves to other districts and keeps the rest', async () => {
      const before = await subscribe(wish);
      const after = await store.changePreferences(before.id, { districts: ['harlow'], reminders: true });
      expect(after).toEqual({ ...before, districts: ['harlow'], reminders: true });
      expect(await store.find(before.id)).toEqual(after);
      expect(await districtsListing(before)).toEqual(['harlow']);
    });

    test('shows in what fan-out reads', async () => {
      const { id } = await subscribe(wish);
      await store.changePreferences(id, { kinds: ['talk'], frequency: 'weekly' });
      const pages = await Promise.all(
        Array.from({ length: SUBSCRIBER_SHARDS }, (_, shard) =>
          store.subscribersOf('southend', shard, { limit: 500 }),
        ),
      );
      expect(pages.flatMap(({ items }) => items).find((each) => each.id === id)).toEqual({
        id,
        channel: 'email',
        districts: ['basildon', 'southend'],
        kinds: ['talk'],
        frequency: 'weekly',
        reminders: false,
        follows: [],
      });
    });

    test('follows an event, and lets it go', async () => {
      const { id } = await subscribe(wish);
      const event = `event${person}`;
      await store.changePreferences(id, { follows: [event] });
      expect((await store.followersOf(event, { limit: 10 })).items).toMatchObject([{ id, follows: [event] }]);
      await store.changePreferences(id, { follows: [] });
      expect((await store.followersOf(event, { limit: 10 })).items).toEqual([]);
    });

    test('following one event changes nothing else', async () => {
      const { id } = await subscribe({ ...wish, kinds: ['talk'], reminders: true, follows: ['event1'] });
      later(HOUR);
      await subscribe({ ...wish, districts: [], follows: ['event2'] });
      expect(await store.find(id)).toMatchObject({
        districts: ['basildon', 'southend'],
        kinds: ['talk'],
        reminders: true,
        follows: ['event1', 'event2'],
      });
      expect(await districtsListing({ id })).toEqual(['basildon', 'southend']);
    });

    test('an ended one is gone', async () => {
      const { id } = await subscribe(wish);
      await store.end(id, 'unsubscribed');
      await expect(store.changePreferences(id, { reminders: true })).rejects.toThrow(Gone);
      await expect(store.changePreferences('nobody', {})).rejects.toThrow(Gone);
    });

    test('two at once both hold', async () => {
      const { id } = await subscribe(wish);
      await Promise.all([
        store.changePreferences(id, { reminders: true }),
        store.changePreferences(id, { kinds: ['talk'] }),
        store.changePreferences(id, { districts: ['harlow'] }),
      ]);
      expect(await store.find(id)).toMatchObject({ reminders: true, kinds: ['talk'], districts: ['harlow'] });
      expect(await districtsListing({ id })).toEqual(['harlow']);
    });
  });

  describe('leaving', () => {
    test('one district keeps the others', async () => {
      const { id } = await subscribe(wish);
      await store.leaveDistrict(id, 'southend');
      await store.leaveDistrict(id, 'southend');
      expect(await store.find(id)).toMatchObject({ status: 'active', districts: ['basildon'] });
    });

    test('the last district ends it', async () => {
      const { id } = await subscribe(wish);
      await store.leaveDistrict(id, 'southend');
      await store.leaveDistrict(id, 'basildon');
      expect(await store.find(id)).toMatchObject({ status: 'ended' });
    });

    test('the last district leaves the events that are followed', async () => {
      const { id } = await subscribe({ ...wish, districts: ['southend'], follows: ['event1'] });
      await store.leaveDistrict(id, 'southend');
      expect(await store.find(id)).toMatchObject({ status: 'active', districts: [], follows: ['event1'] });
    });

    test('a district that gave way goes on as its successor, once where both were wanted', async () => {
      const { id } = await subscribe({ ...wish, districts: ['southend', 'rochford'] });
      await store.succeed(id, 'rochford', 'southend');
      await store.succeed(id, 'rochford', 'southend');
      expect(await store.find(id)).toMatchObject({ status: 'active', districts: ['southend'] });
      expect(await districtsListing({ id })).toEqual(['southend']);
      await store.succeed('nobody', 'rochford', 'southend');
    });

    test('ends it everywhere at once, and twice is fine', async () => {
      const { id } = await subscribe({ ...wish, follows: [`event${person}`] });
      await store.end(id, 'unsubscribed');
      const endedAt = at.toISOString();
      later(MINUTE);
      await store.end(id, 'bounced');
      expect(await store.find(id)).toMatchObject({ status: 'ended', endReason: 'unsubscribed', endedAt });
      expect(await store.activeSubscriptions([id])).toEqual([]);
      // Who counts must see it go.
      expect([...(await store.findAll([id, id, 'nobody'])).keys()]).toEqual([id]);
      expect(await districtsListing({ id })).toEqual([]);
      expect((await store.followersOf(`event${person}`, { limit: 10 })).items).toEqual([]);
    });

    test('of somebody unknown does nothing', async () => {
      await store.end('nobody', 'unsubscribed');
      await store.end('nobody', 'forgotten', { erase: true });
      await store.leaveDistrict('nobody', 'southend');
    });

    test('makes room for a new subscription of the address', async () => {
      const before = await subscribe(wish);
      await store.end(before.id, 'unsubscribed');
      const after = await subscribe(wish);
      expect(after.id).not.toBe(before.id);
      expect(await store.find(before.id)).toMatchObject({ status: 'ended' });
    });

    test('with erasure forgets the address, and a confirmation still open for it', async () => {
      const { id } = await subscribe(wish);
      const open = await ask(wish);
      await store.end(id, 'forgotten', { erase: true });
      await store.end(id, 'forgotten', { erase: true });
      expect(await store.find(id)).toBeUndefined();
      await expect(store.confirm(link(open))).rejects.toThrow(Gone);
    });

    test('can be followed by erasure', async () => {
      const { id } = await subscribe(wish);
      await store.end(id, 'unsubscribed');
      const open = await ask(wish);
      await store.end(id, 'forgotten', { erase: true });
      expect(await store.find(id)).toBeUndefined();
      await expect(store.confirm(link(open))).rejects.toThrow(Gone);
    });

    test('does not touch what the address has subscribed to since', async () => {
      const before = await subscribe(wish);
      await store.end(before.id, 'unsubscribed');
      const since = await subscribe(wish);
      const open = await ask(wish);
      await store.end(before.id, 'forgotten', { erase: true });
      expect(await store.find(since.id)).toEqual(since);
      expect(await store.confirm(link(open))).toMatchObject({ id: since.id });
    });

    test('is erased after 28 days and not before', async () => {
      const { id } = await subscribe(wish);
      await store.eraseEnded(id);
      expect(await store.find(id)).toMatchObject({ status: 'active' });
      await store.end(id, 'complained');
      later(28 * DAY - 1000);
      await store.eraseEnded(id);
      expect(await store.find(id)).toMatchObject({ status: 'ended' });
      later(1000);
      await store.eraseEnded(id);
      await store.eraseEnded(id);
      expect(await store.find(id)).toBeUndefined();
    });

    test('and changing at once never leaves a subscriber behind', async () => {
      const { id } = await subscribe(wish);
      await Promise.allSettled([
        store.changePreferences(id, { districts: ['harlow'] }),
        store.end(id, 'unsubscribed'),
        store.changePreferences(id, { districts: ['southend', 'harlow'] }),
      ]);
      expect(await store.activeSubscriptions([id])).toEqual([]);
      expect(await districtsListing({ id })).toEqual([]);
    });
  });

  test('subscribers come in pages, each once', async () => {
    const mine = new Set<string>();
    for (let n = 0; n < 25; n++)
      mine.add((await subscribe({ ...wish, address: `p${n}.${wish.address}`, districts: ['maldon'] })).id);
    const found: string[] = [];
    for (let shard = 0; shard < SUBSCRIBER_SHARDS; shard++) {
      let after: string | undefined;
      do {
        const page = await store.subscribersOf('maldon', shard, { limit: 2, after });
        expect(page.items.length).toBeLessThanOrEqual(2);
        found.push(...page.items.map(({ id }) => id));
        after = page.after;
      } while (after);
    }
    expect(found.sort()).toEqual([...mine].sort());
  });
});
