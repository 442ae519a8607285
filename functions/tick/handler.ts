import { openQueue } from '../../shared/runtime/queue.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { dueStore } from '../../shared/table/due-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { sweep } from './sweep.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'SETTLE_QUEUE_URL',
  'FAN_OUT_QUEUE_URL',
  'EMAIL_QUEUE_URL',
  'SMS_QUEUE_URL',
);
const table = openTable(settings.TABLE_NAME);
const now = () => new Date();

export const handler = () =>
  sweep({
    due: dueStore(table),
    settle: openQueue(settings.SETTLE_QUEUE_URL),
    fanOut: openQueue(settings.FAN_OUT_QUEUE_URL),
    deliver: { email: openQueue(settings.EMAIL_QUEUE_URL), sms: openQueue(settings.SMS_QUEUE_URL) },
    subscribers: subscriberStore({ table, now }),
    now,
  });
