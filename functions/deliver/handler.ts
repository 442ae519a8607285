import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { chunkStore } from '../../shared/bulletins/chunk-store.ts';
import { noticeStore } from '../../shared/bulletins/notice-store.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { readForce } from '../../shared/force/read-force.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { readSecret, signing } from '../../shared/runtime/signing.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { deliver } from './deliver.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'SITE_ORIGIN',
  'SECRET_ARN',
  'EMAIL_TEMPLATE',
  'EMAIL_CONFIGURATION_SET',
);
const table = openTable(settings.TABLE_NAME);
const force = readForce(new URL('./force.json', import.meta.url));
const now = () => new Date();
/** A provider is asked once: asking again after a lost reply would send twice. */
const once = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

export const handler = deliver({
  bulletins: bulletinStore(table),
  chunks: chunkStore(table),
  notices: noticeStore(table),
  events: eventStore(table),
  subscribers: subscriberStore({ table, now }),
  ses: new SESv2Client(once),
  sns: new SNSClient(once),
  template: settings.EMAIL_TEMPLATE,
  configurationSet: settings.EMAIL_CONFIGURATION_SET,
  signing: signing(await readSecret(settings.SECRET_ARN)),
  force,
  origin: settings.SITE_ORIGIN,
  now,
});
