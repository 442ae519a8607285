import { type Kept, weightOf } from '../../functions/calendars/entry-store.ts';
import { publishCalendar } from '../../functions/calendars/publish-calendar.ts';
import { entryOf } from '../../shared/calendars/calendar-entry.ts';
import type { Event } from '../../shared/events/event.ts';
import { addDays } from '../../shared/events/zone-time.ts';
import { readForce } from '../../shared/force/read-force.ts';

const { count, forceFile, event } = JSON.parse(process.argv[2] ?? '{}') as {
  count: number;
  forceFile: string;
  event: Event;
};
const setting = { force: readForce(forceFile), origin: 'https://events.essex.example' };

/** Rendered as they are read, one by one, as they would come from the table. */
async function* read(): AsyncGenerator<Kept> {
  for (let place = 0; place < count; place++) {
    const day = addDays('2027-01-05', place % 500);
    const one: Event = {
      ...event,
      id: `01jgv${String(place).padStart(21, '0')}`,
      title: `${event.title} ${place}`,
      start: `${day}T10:00`,
      end: `${day}T15:00`,
    };
    yield { entry: entryOf(one, setting), hasLeft: false };
  }
}

let bytes = 0;
await publishCalendar('all', {
  entries: { read, state: async () => count * weightOf({ entry: entryOf(event, setting), hasLeft: false }) },
  objects: {
    tagOf: async () => undefined,
    tagsUnder: async () => new Map(),
    put: async (_key, body) => {
      bytes += body.length;
    },
    remove: async () => {},
  },
  setting,
  now: () => new Date('2027-01-06T12:00Z'),
});
console.log(JSON.stringify({ bytes, megabytes: process.resourceUsage().maxRSS / 1024 }));
