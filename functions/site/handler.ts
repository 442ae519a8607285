import { randomBytes } from 'node:crypto';
import { eventStore } from '../../shared/events/event-store.ts';
import { readForce } from '../../shared/force/read-force.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { readSecret, signing } from '../../shared/runtime/signing.ts';
import { subscriptionStore } from '../../shared/subscriptions/subscription-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { postcodesIo } from './find/postcodes-io.ts';
import { site } from './site.ts';

const settings = readSettings(process.env, 'TABLE_NAME', 'SITE_ORIGIN', 'SECRET_ARN', 'EDGE_PROOF');
const table = openTable(settings.TABLE_NAME);
const signed = signing(await readSecret(settings.SECRET_ARN));
const lookUp = process.env.POSTCODES_ORIGIN
  ? postcodesIo(readSettings(process.env, 'POSTCODES_ORIGIN').POSTCODES_ORIGIN)
  : undefined;
const now = () => new Date();

export const handler = site({
  events: eventStore(table),
  subscriptions: subscriptionStore({
    table,
    signing: signed,
    now,
    newId: () => randomBytes(12).toString('base64url'),
  }),
  signing: signed,
  lookUp,
  force: readForce(new URL('./force.json', import.meta.url)),
  origin: settings.SITE_ORIGIN,
  edgeProof: settings.EDGE_PROOF,
  now,
});
