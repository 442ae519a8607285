import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { noticeStore } from '../../shared/bulletins/notice-store.ts';
import { learningVenues } from '../../shared/desk/learning-venues.ts';
import { submissionStore } from '../../shared/desk/submission-store.ts';
import { venueBook } from '../../shared/desk/venue-book.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import { officerStore } from '../../shared/identity/officer-store.ts';
import { tokenVerifier } from '../../shared/identity/token-verifier.ts';
import { runningImportStore } from '../../shared/imports/running-import-store.ts';
import { counterReads } from '../../shared/reports/counter-store.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { readSecret, signing } from '../../shared/runtime/signing.ts';
import { subscriptionStore } from '../../shared/subscriptions/subscription-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { api } from './api.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'SITE_ORIGIN',
  'SECRET_ARN',
  'OIDC_ISSUER',
  'OIDC_AUDIENCE',
  'EDGE_PROOF',
);
const table = openTable(settings.TABLE_NAME);
const force = builtForce(new URL('./force.json', import.meta.url));
const signer = signing(await readSecret(settings.SECRET_ARN));
const now = () => new Date();

export const handler = api({
  events: learningVenues(eventStore(table), venueBook(table)),
  submissions: submissionStore(table),
  bulletins: bulletinStore(table),
  imports: runningImportStore({ table, now }),
  notices: noticeStore(table),
  subscriptions: subscriptionStore({
    table,
    signing: signer,
    now,
    newId: () => randomBytes(12).toString('base64url'),
  }),
  officers: officerStore(table),
  counters: counterReads(table),
  signing: signer,
  verify: tokenVerifier({ issuer: settings.OIDC_ISSUER, audience: settings.OIDC_AUDIENCE, force }),
  force,
  origin: settings.SITE_ORIGIN,
  edgeProof: settings.EDGE_PROOF,
  now,
  newId: () => ulid().toLowerCase(),
});
