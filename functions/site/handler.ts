import { builtForce } from '../../shared/force/built-force.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { site } from './site.ts';

const settings = readSettings(process.env, 'TABLE_NAME', 'SITE_ORIGIN', 'SECRET_ARN', 'EDGE_PROOF');
const postcodes =
  process.env.POSTCODES_ORIGIN && readSettings(process.env, 'POSTCODES_ORIGIN').POSTCODES_ORIGIN;
const now = () => new Date();

export const handler = site({
  events: async () => (await import('./open-events.ts')).openEvents(settings.TABLE_NAME),
  personal: async () => (await import('./open-personal.ts')).openPersonal({ ...settings, now }),
  lookUp: postcodes
    ? async (postcode) => (await import('./find/postcodes-io.ts')).postcodesIo(postcodes)(postcode)
    : undefined,
  force: builtForce(new URL('./force.json', import.meta.url)),
  origin: settings.SITE_ORIGIN,
  edgeProof: settings.EDGE_PROOF,
  now,
});
