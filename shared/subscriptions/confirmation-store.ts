import type { Signing } from '../runtime/signing.ts';
import type { Table } from '../table/table.ts';
import { addressPseudonym } from './address-endings.ts';
import { clientNetwork } from './client-network.ts';
import { codeGuesses, confirmationGone } from './code-guesses.ts';
import type { Consent } from './consent.ts';
import { pairWrites } from './pairs.ts';
import { readItem } from './read-item.ts';
import { requestLimits } from './request-limits.ts';
import { type AskedFor, type Channel, type Subscription, wantedAfter } from './subscription.ts';
import {
  type AddressItem,
  addressItem,
  type ConfirmationItem,
  confirmationItem,
  isOpen,
  leftMemberships,
  membershipItems,
  type SubscriptionItem,
  subscriptionItem,
  unchanged,
} from './subscription-items.ts';
import { addressKey, confirmationKey, subscriptionKey } from './subscription-keys.ts';
import { tryWrites, untilWritten } from './try-writes.ts';
import type { Proof } from './wish.ts';

export type ConfirmationStoreDeps = { table: Table; signing: Signing; now: () => Date; newId: () => string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Requests a minute, from one client and from all. */
const MOST_REQUESTS = { client: 30, everyone: 600 };
/** Confirmations an hour to one address. */
const MOST_CONFIRMATIONS = 4;

/**
 * Wishes until their address confirms them. A link and a code are made from a confirmation's id and the secret, so
 * that nothing kept here lets anyone confirm.
 */
export function confirmationStore({ table, signing, now, newId }: ConfirmationStoreDeps) {
  const admit = requestLimits({ table, now });
  const judge = codeGuesses({ table, signing, now });
  const pseudonymOf = (who: { channel: Channel; address: string }) => addressPseudonym(signing, who);

  /**
   * Keeps a wish to be confirmed within 24 hours, in place of an earlier one for the same address. Over four an
   * hour nothing is kept, and so nothing sent: an answer tells nobody who asked before.
   * @param client the network address that asked
   * @throws TooMany over 30 a minute from one client
   */
  async function requestConfirmation(
    wish: AskedFor,
    { consent, client }: { consent: Consent; client: string },
  ): Promise<void> {
    await admit(`client#${signing.pseudonym(`client\n${clientNetwork(client)}`)}`, MOST_REQUESTS.client);
    await admit('everyone', MOST_REQUESTS.everyone);
    const pseudonym = pseudonymOf(wish);
    await untilWritten(async () => {
      const at = now();
      const found = await readItem<AddressItem>(table, addressKey(pseudonym));
      const address = found ?? addressItem(pseudonym);
      const asked = address.asked.filter((time) => Date.parse(time) > at.getTime() - HOUR);
      if (asked.length >= MOST_CONFIRMATIONS) return;
      const id = newId();
      const endsAt = new Date(at.getTime() + DAY).toISOString();
      const written = await tryWrites(table, [
        put(confirmationItem(pseudonym, { id, wish, consent, endsAt }, at)),
        put(
          {
            ...address,
            revision: address.revision + 1,
            confirmation: id,
            asked: [...asked, at.toISOString()],
            expiresAt: address.subscription ? undefined : Math.ceil((at.getTime() + 2 * DAY) / 1000),
          },
          unchanged(address),
        ),
        ...(address.confirmation ? [remove(confirmationKey(address.confirmation))] : []),
      ]);
      return written ? undefined : 'overtaken';
    });
  }

  /**
   * Makes the confirmed wish the one subscription of its address.
   * @throws Gone when the confirmation was used, replaced, is over, or never was
   * @throws Invalid at a wrong code, TooMany at the fifth
   */
  async function confirm(proof: Proof): Promise<Subscription> {
    const id = 'token' in proof ? signing.verify('confirm', proof.token) : await idByCode(proof);
    if (!id) throw confirmationGone();
    return untilWritten(async () => {
      const open = await readItem<ConfirmationItem>(table, confirmationKey(id));
      if (!open || ('token' in proof && !isOpen(open, now()))) throw confirmationGone();
      const address = await readItem<AddressItem>(table, addressKey(open.pseudonym));
      if (address?.confirmation !== id) throw confirmationGone();
      const before = address.subscription
        ? await readItem<SubscriptionItem>(table, subscriptionKey(address.subscription))
        : undefined;
      const { consent } = open.confirmation;
      const { standsInFor, ...wish } = open.confirmation.wish;
      const subscription: Subscription = {
        ...wish,
        ...wantedAfter(before?.subscription, wish),
        id: before?.subscription.id ?? newId(),
        pair: standsInFor ?? before?.subscription.pair,
        status: 'active',
        consent,
        confirmedAt: now().toISOString(),
      };
      const email = { id: subscription.id, pair: before?.subscription.pair };
      const paired = standsInFor && (await pairWrites(table, { phone: standsInFor, email, now: now() }));
      if (standsInFor && !paired) throw confirmationGone();
      const revision = before?.revision ?? 0;
      const written = await tryWrites(table, [
        remove(confirmationKey(id), { ConditionExpression: 'attribute_exists(pk)' }),
        put(
          { ...before, ...subscriptionItem(open.pseudonym, subscription, revision + 1) },
          unchanged({ revision }),
        ),
        put(
          {
            ...address,
            revision: address.revision + 1,
            confirmation: undefined,
            subscription: subscription.id,
            expiresAt: undefined,
          },
          unchanged(address),
        ),
        ...(paired || []),
        ...membershipItems(subscription).map((item) => put(item)),
        ...(before ? leftMemberships(subscription.id, before.subscription, subscription) : []).map((key) =>
          remove(key),
        ),
      ]);
      return written ? subscription : 'overtaken';
    });
  }

  async function idByCode({ code, ...who }: Exclude<Proof, { token: string }>) {
    const address = await readItem<AddressItem>(table, addressKey(pseudonymOf(who)));
    if (address?.confirmation) await judge(code, address.confirmation);
    return address?.confirmation;
  }

  const put = (item: Record<string, unknown>, condition = {}) => ({
    Put: { TableName: table.name, Item: item, ...condition },
  });
  const remove = (key: { pk: string; sk: string }, condition = {}) => ({
    Delete: { TableName: table.name, Key: key, ...condition },
  });

  return { requestConfirmation, confirm };
}
