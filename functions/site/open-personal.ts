import { randomBytes } from 'node:crypto';
import { readSecret, signing } from '../../shared/runtime/signing.ts';
import { subscriptionStore } from '../../shared/subscriptions/subscription-store.ts';
import { openTable } from '../../shared/table/table.ts';
import type { PersonalDeps } from './deps.ts';

/** The real stores and the secret. */
export async function openPersonal(settings: {
  TABLE_NAME: string;
  SECRET_ARN: string;
  now: () => Date;
}): Promise<PersonalDeps> {
  const { now } = settings;
  const table = openTable(settings.TABLE_NAME);
  const signed = signing(await readSecret(settings.SECRET_ARN));
  const newId = () => randomBytes(12).toString('base64url');
  return { signing: signed, subscriptions: subscriptionStore({ table, signing: signed, now, newId }) };
}
