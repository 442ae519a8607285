import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { chunkStore } from '../../shared/bulletins/chunk-store.ts';
import { deliveryQueues } from '../../shared/bulletins/delivery-queues.ts';
import { noticeStore } from '../../shared/bulletins/notice-store.ts';
import { occasionStore } from '../../shared/bulletins/occasion-store.ts';
import type { RefreshMessage } from '../../shared/calendars/refresh-message.ts';
import { sweepCalendars } from '../../shared/calendars/sweep-calendars.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import type { CountMessage } from '../../shared/reports/count-message.ts';
import { countStateStore } from '../../shared/reports/count-state-store.ts';
import { sweepCounts } from '../../shared/reports/sweep-counts.ts';
import { openQueue } from '../../shared/runtime/queue.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { dueStore } from '../../shared/table/due-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { tick } from './tick.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'SETTLE_QUEUE_URL',
  'FAN_OUT_QUEUE_URL',
  'EMAIL_QUEUE_URL',
  'EMAIL_URGENT_QUEUE_URL',
  'SMS_QUEUE_URL',
  'SMS_URGENT_QUEUE_URL',
  'REFRESH_QUEUE_URL',
  'COUNT_QUEUE_URL',
);
const table = openTable(settings.TABLE_NAME);
const now = () => new Date();
const force = builtForce(new URL('./force.json', import.meta.url));
const refresh = openQueue<RefreshMessage>(settings.REFRESH_QUEUE_URL);
const counts = openQueue<CountMessage>(settings.COUNT_QUEUE_URL);

export const handler = tick({
  due: dueStore(table),
  settle: openQueue(settings.SETTLE_QUEUE_URL),
  fanOut: openQueue(settings.FAN_OUT_QUEUE_URL),
  deliver: deliveryQueues(settings),
  subscribers: subscriberStore({ table, now }),
  events: eventStore(table),
  bulletins: bulletinStore(table),
  chunks: chunkStore(table),
  notices: noticeStore(table),
  occasions: occasionStore(table),
  force,
  calendars: () => sweepCalendars({ table, force, now: now(), send: refresh.send }),
  counts: () =>
    sweepCounts({ state: countStateStore(table), timeZone: force.timeZone, now: now(), send: counts.send }),
  now,
});
