import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import { countStateStore } from '../../shared/reports/count-state-store.ts';
import { counterStore } from '../../shared/reports/counter-store.ts';
import { openQueue } from '../../shared/runtime/queue.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { count } from './count.ts';

const settings = readSettings(process.env, 'TABLE_NAME', 'COUNT_QUEUE_URL');
const table = openTable(settings.TABLE_NAME);
const force = builtForce(new URL('./force.json', import.meta.url));
const now = () => new Date();

export const handler = count({
  counters: counterStore(table),
  events: eventStore(table),
  bulletins: bulletinStore(table),
  subscribers: subscriberStore({ table, now }),
  state: countStateStore(table),
  counts: openQueue(settings.COUNT_QUEUE_URL),
  force,
  timeZone: force.timeZone,
  now,
});
