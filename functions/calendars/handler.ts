import { calendarStateStore } from '../../shared/calendars/calendar-state-store.ts';
import { moveStore } from '../../shared/calendars/move-store.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import { openQueue } from '../../shared/runtime/queue.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { openTable } from '../../shared/table/table.ts';
import { calendars } from './calendars.ts';
import { entryStore } from './entry-store.ts';
import { objectStore } from './object-store.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'CALENDAR_BUCKET',
  'SITE_ORIGIN',
  'REFRESH_QUEUE_URL',
  'COUNT_QUEUE_URL',
);
const table = openTable(settings.TABLE_NAME);

export const handler = calendars({
  entries: entryStore(table),
  objects: objectStore(settings.CALENDAR_BUCKET),
  events: eventStore(table),
  moves: moveStore(table),
  state: calendarStateStore(table),
  refresh: openQueue(settings.REFRESH_QUEUE_URL),
  counts: openQueue(settings.COUNT_QUEUE_URL),
  setting: { force: builtForce(new URL('./force.json', import.meta.url)), origin: settings.SITE_ORIGIN },
  now: () => new Date(),
});
