import { ulid } from 'ulid';
import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { noticeStore } from '../../shared/bulletins/notice-store.ts';
import { textMoney } from '../../shared/bulletins/text-money.ts';
import { learningVenues } from '../../shared/desk/learning-venues.ts';
import { submissionStore } from '../../shared/desk/submission-store.ts';
import { venueBook } from '../../shared/desk/venue-book.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import { officerStore } from '../../shared/identity/officer-store.ts';
import { runningImportStore } from '../../shared/imports/running-import-store.ts';
import { uploadStore } from '../../shared/imports/upload-store.ts';
import { counterReads } from '../../shared/reports/counter-store.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { readSecret, signing } from '../../shared/runtime/signing.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { officersConsole } from './console.ts';
import { issuerAt } from './sign-in/issuer.ts';
import { sessionStore } from './sign-in/session-store.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'SITE_ORIGIN',
  'SECRET_ARN',
  'OIDC_ISSUER',
  'OIDC_AUDIENCE',
  'EDGE_PROOF',
  'SMS_MONTHLY_BUDGET_PENCE',
);
const clientSecret =
  process.env.OIDC_CLIENT_SECRET_ARN &&
  readSettings(process.env, 'OIDC_CLIENT_SECRET_ARN').OIDC_CLIENT_SECRET_ARN;
const table = openTable(settings.TABLE_NAME);
const origin = settings.SITE_ORIGIN;
const force = builtForce(new URL('./force.json', import.meta.url));
const now = () => new Date();

export const handler = officersConsole({
  events: learningVenues(eventStore(table), venueBook(table)),
  submissions: submissionStore(table),
  bulletins: bulletinStore(table),
  notices: noticeStore(table),
  subscriptions: subscriberStore({ table, now }),
  textMoney: textMoney({
    table,
    pence: settings.SMS_MONTHLY_BUDGET_PENCE,
    timeZone: force.timeZone,
    now,
  }),
  venues: venueBook(table),
  counters: counterReads(table),
  officers: officerStore(table),
  signing: signing(await readSecret(settings.SECRET_ARN)),
  uploads: uploadStore(table),
  imports: runningImportStore({ table, now }),
  sessions: sessionStore(table),
  issuer: issuerAt({
    issuer: settings.OIDC_ISSUER,
    clientId: settings.OIDC_AUDIENCE,
    clientSecret: clientSecret ? () => readSecret(clientSecret) : undefined,
    origin,
  }),
  force,
  origin,
  edgeProof: settings.EDGE_PROOF,
  now,
  mayEstimate: true,
  newId: () => ulid().toLowerCase(),
});
