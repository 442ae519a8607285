import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { ulid } from 'ulid';
import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { chunkStore } from '../../shared/bulletins/chunk-store.ts';
import { healthStore } from '../../shared/bulletins/health-store.ts';
import { noticeStore } from '../../shared/bulletins/notice-store.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { toLocalDate } from '../../shared/events/zone-time.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import { districtOn } from '../../shared/force/succession.ts';
import { count } from '../../shared/runtime/metric.ts';
import { openQueue } from '../../shared/runtime/queue.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { readSecret, signing } from '../../shared/runtime/signing.ts';
import { addressEndings } from '../../shared/subscriptions/address-endings.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { deliver } from './deliver.ts';
import { sendRate } from './send-rate.ts';
import { textBudget } from './text-budget.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'SITE_ORIGIN',
  'SECRET_ARN',
  'EMAIL_TEMPLATE',
  'EMAIL_CONFIGURATION_SET',
  'EMAIL_RATE',
  'SMS_RATE',
  'SMS_QUEUE_URL',
  'SMS_MONTHLY_BUDGET_PENCE',
);
const table = openTable(settings.TABLE_NAME);
const force = builtForce(new URL('./force.json', import.meta.url));
const now = () => new Date();
const signer = signing(await readSecret(settings.SECRET_ARN));
/** A provider is asked once: asking again after a lost reply would send twice. */
const once = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

export const handler = deliver({
  bulletins: bulletinStore(table),
  chunks: chunkStore(table),
  notices: noticeStore(table),
  health: healthStore({ table, now }),
  events: eventStore(table),
  subscribers: subscriberStore({ table, now }),
  rates: {
    email: sendRate({ table, channel: 'email', perSecond: settings.EMAIL_RATE, now }),
    sms: sendRate({ table, channel: 'sms', perSecond: settings.SMS_RATE, now }),
  },
  budget: textBudget({
    table,
    pence: settings.SMS_MONTHLY_BUDGET_PENCE,
    timeZone: force.timeZone,
    now,
    usedUp: () => count('TextBudgetUsedUp', now()),
  }),
  ses: new SESv2Client(once),
  sns: new SNSClient(once),
  template: settings.EMAIL_TEMPLATE,
  configurationSet: settings.EMAIL_CONFIGURATION_SET,
  signing: signer,
  endAll: addressEndings({ table, signing: signer, now }),
  texts: openQueue(settings.SMS_QUEUE_URL),
  force,
  current: (district) => districtOn(district, toLocalDate(now(), force.timeZone), force),
  origin: settings.SITE_ORIGIN,
  now,
  pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  newId: () => ulid().toLowerCase(),
});
