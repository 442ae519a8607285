import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { chunkStore } from '../../shared/bulletins/chunk-store.ts';
import { deliveryQueues } from '../../shared/bulletins/delivery-queues.ts';
import { noticeStore } from '../../shared/bulletins/notice-store.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import { openQueue } from '../../shared/runtime/queue.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { fanOut } from './fan-out.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'FAN_OUT_QUEUE_URL',
  'EMAIL_QUEUE_URL',
  'EMAIL_URGENT_QUEUE_URL',
  'SMS_QUEUE_URL',
  'SMS_URGENT_QUEUE_URL',
);
const table = openTable(settings.TABLE_NAME);
const now = () => new Date();

export const handler = fanOut({
  bulletins: bulletinStore(table),
  chunks: chunkStore(table),
  notices: noticeStore(table),
  subscribers: subscriberStore({ table, now }),
  fanOut: openQueue(settings.FAN_OUT_QUEUE_URL),
  deliver: deliveryQueues(settings),
  force: builtForce(new URL('./force.json', import.meta.url)),
  now,
});
