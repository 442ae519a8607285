import type { Signing } from '../runtime/signing.ts';
import type { Table } from '../table/table.ts';
import { endings } from './endings.ts';
import type { Channel, EndReason } from './subscription.ts';
import type { AddressItem } from './subscription-items.ts';
import { addressKey } from './subscription-keys.ts';

type Who = { channel: Channel; address: string };

/** The name under which an address is kept, which does not give it away. */
export const addressPseudonym = (signing: Pick<Signing, 'pseudonym'>, { channel, address }: Who) =>
  signing.pseudonym(`${channel}\n${address}`);

/** Endings for who knows nothing but addresses. */
export function addressEndings(deps: { table: Table; signing: Pick<Signing, 'pseudonym'>; now: () => Date }) {
  const { table, signing } = deps;
  const { end } = endings(deps);

  /** Ends the subscriptions of these addresses; of those that have none, nothing. Harmless twice. */
  return async function endAll(who: Who[], reason: EndReason): Promise<void> {
    const items = await table.getAll(who.map((each) => addressKey(addressPseudonym(signing, each))));
    for (const { subscription } of items as AddressItem[]) if (subscription) await end(subscription, reason);
  };
}
