import { ulid } from 'ulid';
import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { openTable } from '../../shared/table/table.ts';
import { officersConsole } from './console.ts';
import { issuerAt } from './sign-in/issuer.ts';
import { sessionStore } from './sign-in/session-store.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'SITE_ORIGIN',
  'OIDC_ISSUER',
  'OIDC_AUDIENCE',
  'EDGE_PROOF',
);
const table = openTable(settings.TABLE_NAME);
const origin = settings.SITE_ORIGIN;

export const handler = officersConsole({
  events: eventStore(table),
  bulletins: bulletinStore(table),
  sessions: sessionStore(table),
  issuer: issuerAt({ issuer: settings.OIDC_ISSUER, clientId: settings.OIDC_AUDIENCE, origin }),
  force: builtForce(new URL('./force.json', import.meta.url)),
  origin,
  edgeProof: settings.EDGE_PROOF,
  now: () => new Date(),
  newId: () => ulid().toLowerCase(),
});
