import { Gone, Invalid, TooMany } from '../../../shared/runtime/errors.ts';
import type { Signing } from '../../../shared/runtime/signing.ts';
import { isOnlyStandIn } from '../../../shared/subscriptions/pairs.ts';
import {
  type Channel,
  type Confirmation,
  type EndReason,
  type Preferences,
  type Subscriber,
  type Subscription,
  wantedAfter,
} from '../../../shared/subscriptions/subscription.ts';
import { membershipKeys, subscribersOfDistrict } from '../../../shared/subscriptions/subscription-keys.ts';
import type { SubscriptionStore } from '../../../shared/subscriptions/subscription-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Open = Confirmation & { guesses: number };
type Deps = { signing: Signing; now: () => Date; newId: () => string };

/** Subscriptions in memory, with a window into what is kept for tests that are not about the store. */
export function fakeSubscriptionStore({ signing, now, newId }: Deps) {
  const subscriptions = new Map<string, Subscription>();
  const confirmations = new Map<string, Open>();
  const asked = new Map<string, Date[]>();
  const requests = new Map<string, Date[]>();

  const within = (dates: Date[] = [], milliseconds: number) =>
    dates.filter((date) => now().getTime() - date.getTime() < milliseconds);
  const isSame = (one: { channel: Channel; address: string }) => (other: typeof one) =>
    one.channel === other.channel && one.address === other.address;
  const active = () => [...subscriptions.values()].filter(({ status }) => status === 'active');
  const isOpen = ({ endsAt }: Open) => Date.parse(endsAt) > now().getTime();
  const openOf = (who: { channel: Channel; address: string }) =>
    [...confirmations.values()].find(({ wish }) => isSame(who)(wish));
  const gone = () => new Gone('This link or code has been used or is too old');

  function admit(counted: string, most: number) {
    const lately = within(requests.get(counted), MINUTE);
    if (lately.length >= most) throw new TooMany('Too many requests', 60);
    requests.set(counted, [...lately, now()]);
  }

  const requestConfirmation: SubscriptionStore['requestConfirmation'] = async (wish, { consent, client }) => {
    admit(client, 30);
    admit('everyone', 600);
    const key = `${wish.channel} ${wish.address}`;
    const lately = within(asked.get(key), HOUR);
    if (lately.length >= 4) return;
    asked.set(key, [...lately, now()]);
    const former = openOf(wish);
    if (former) confirmations.delete(former.id);
    const id = newId();
    const endsAt = new Date(now().getTime() + DAY).toISOString();
    confirmations.set(id, { id, wish, consent, endsAt, guesses: 0 });
  };

  function guessed(proof: { channel: Channel; address: string; code: string }) {
    const open = openOf(proof);
    if (!open || !isOpen(open)) throw gone();
    open.guesses++;
    if (signing.code(open.id) === proof.code) return open.id;
    if (open.guesses < 5) throw new Invalid([{ pointer: '/code', message: 'is not the code we sent' }]);
    confirmations.delete(open.id);
    throw new TooMany('That was the fifth wrong code', 60);
  }

  const confirm: SubscriptionStore['confirm'] = async (proof) => {
    const id = 'token' in proof ? signing.verify('confirm', proof.token) : guessed(proof);
    const open = confirmations.get(id ?? '');
    if (!open || !isOpen(open)) throw gone();
    confirmations.delete(open.id);
    const { standsInFor, ...wish } = open.wish;
    const before = active().find(isSame(wish));
    if (standsInFor && !active().some((each) => each.id === standsInFor)) throw gone();
    const subscription: Subscription = {
      ...wish,
      ...wantedAfter(before, wish),
      id: before?.id ?? newId(),
      pair: standsInFor ?? before?.pair,
      status: 'active',
      consent: open.consent,
      confirmedAt: now().toISOString(),
    };
    if (standsInFor) pairUp(standsInFor, subscription.id, before?.pair);
    subscriptions.set(subscription.id, subscription);
    return subscription;
  };

  const setPair = (id: string, pair: string | undefined) => {
    const { pair: _pair, ...rest } = subscriptions.get(id) as Subscription;
    subscriptions.set(id, { ...rest, ...(pair && { pair }) });
  };

  function pairUp(phone: string, email: string, formerPhone: string | undefined) {
    const { pair } = subscriptions.get(phone) as Subscription;
    if (pair && pair !== email) part({ id: phone, pair });
    if (formerPhone && formerPhone !== phone) part({ id: email, pair: formerPhone });
    setPair(phone, email);
  }

  /** The other of the pair is alone then, or was there for nothing else and ends. */
  function part({ id, pair = '' }: Pick<Subscription, 'id' | 'pair'>, erase = false) {
    const other = subscriptions.get(pair);
    if (other?.pair !== id) return;
    if (isOnlyStandIn(other)) finish(other, 'unsubscribed', erase);
    else setPair(other.id, undefined);
  }

  const openConfirmation: SubscriptionStore['openConfirmation'] = async (id) => {
    const open = confirmations.get(id);
    if (!open || !isOpen(open)) return undefined;
    const { guesses: _guesses, ...confirmation } = open;
    return confirmation;
  };

  const changePreferences: SubscriptionStore['changePreferences'] = async (id, changes) => {
    const before = active().find((each) => each.id === id);
    if (!before) throw new Gone('This subscription has ended');
    const after = { ...before, ...changes };
    subscriptions.set(id, after);
    return after;
  };

  const leaveDistrict: SubscriptionStore['leaveDistrict'] = async (id, district) => {
    const before = active().find((each) => each.id === id);
    if (!before?.districts.includes(district)) return;
    const districts = before.districts.filter((each) => each !== district);
    if (districts.length || before.follows.length || isOnlyStandIn({ ...before, districts }))
      await changePreferences(id, { districts });
    else await end(id, 'unsubscribed');
  };

  const succeed: SubscriptionStore['succeed'] = async (id, from, to) => {
    const before = active().find((each) => each.id === id);
    if (!before?.districts.includes(from)) return;
    const districts = before.districts.map((each) => (each === from ? to : each));
    await changePreferences(id, { districts: [...new Set(districts)] });
  };

  const dropStandIn: SubscriptionStore['dropStandIn'] = async (id) => {
    const before = active().find((each) => each.id === id);
    if (!before?.pair) return;
    part(before);
    setPair(id, undefined);
  };

  const end: SubscriptionStore['end'] = async (id, endReason, { erase = false } = {}) => {
    const subscription = subscriptions.get(id);
    if (!subscription) return;
    part(subscription, erase);
    finish(subscription, endReason, erase);
  };

  function finish(subscription: Subscription, endReason: EndReason, erase: boolean) {
    const { pair: _pair, ...rest } = subscription;
    const { id } = rest;
    const open = openOf(subscription);
    const isMine = subscription.status === 'active' || !active().some(isSame(subscription));
    if (erase && open && isMine) confirmations.delete(open.id);
    if (erase) subscriptions.delete(id);
    else if (subscription.status === 'active')
      subscriptions.set(id, { ...rest, status: 'ended', endedAt: now().toISOString(), endReason });
  }

  const eraseEnded: SubscriptionStore['eraseEnded'] = async (id) => {
    const { status, endedAt } = subscriptions.get(id) ?? {};
    if (status === 'ended' && endedAt && now().getTime() - Date.parse(endedAt) >= 28 * DAY)
      subscriptions.delete(id);
  };

  function membersAt(
    partition: (key: { pk: string }) => boolean,
    { after = '', limit }: { after?: string; limit: number },
  ) {
    const members = active()
      .filter((each) => each.id > after && membershipKeys(each.id, each).some(partition))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const items = members.slice(0, limit).map(subscriberOf);
    return { items, after: members.length > limit ? items.at(-1)?.id : undefined };
  }

  const store: SubscriptionStore = {
    requestConfirmation,
    confirm,
    openConfirmation,
    confirmationSent: async () => {},
    changePreferences,
    leaveDistrict,
    dropStandIn,
    succeed,
    end,
    eraseEnded,
    find: async (id) => subscriptions.get(id),
    findAll: async (ids) => new Map([...subscriptions].filter(([id]) => ids.includes(id))),
    activeSubscriptions: async (ids) => active().filter(({ id }) => ids.includes(id)),
    subscribersOf: async (district, shard, page) =>
      membersAt(({ pk }) => pk === subscribersOfDistrict(district, shard), page),
    followersOf: async (eventId, page) => membersAt(({ pk }) => pk === `FOLLOWERS#${eventId}`, page),
  };
  return { ...store, confirmations, subscriptions };
}

const subscriberOf = ({
  address: _address,
  pair: _pair,
  consent: _consent,
  status: _status,
  confirmedAt: _confirmedAt,
  ...subscriber
}: Subscription): Subscriber => subscriber satisfies Subscriber & Preferences;
