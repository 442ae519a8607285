import { randomBytes } from 'node:crypto';
import { readSecret, signing } from '../../shared/runtime/signing.ts';
import { subscriptionStore } from '../../shared/subscriptions/subscription-store.ts';
import type { Table } from '../../shared/table/table.ts';
import type { PersonalDeps } from './deps.ts';

/** The real stores and the secret. */
export async function openPersonal(table: Table, secretArn: string, now: () => Date): Promise<PersonalDeps> {
  const signed = signing(await readSecret(secretArn));
  const newId = () => randomBytes(12).toString('base64url');
  return { signing: signed, subscriptions: subscriptionStore({ table, signing: signed, now, newId }) };
}
