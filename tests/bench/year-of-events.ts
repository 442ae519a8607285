import type { Event } from '../../shared/events/event.ts';
import { addDays } from '../../shared/events/zone-time.ts';
import { anEvent } from '../support/an-event.ts';
import { essex } from '../support/essex.ts';

const EVENTS = 20_000;
const districts = essex.districts.map(({ id }) => id);
const kinds = ['talk', 'open-day', 'community-meeting', 'patrol', 'drop-in'];

/** When almost all of them are over. */
export const endOfYear = new Date('2027-06-15T12:00:00Z');

/** A year of events, from July 2026 on, over all districts; every tenth is in two. */
export const yearOfEvents = () => Array.from({ length: EVENTS }, (_, place) => someEvent(place));

function someEvent(place: number): Event {
  const day = addDays('2026-07-01', place % 365);
  const own = districts[place % districts.length] ?? '';
  const next = districts[(place + 1) % districts.length] ?? '';
  return anEvent(
    {
      title: `Event ${place}`,
      kind: kinds[place % kinds.length],
      districts: place % 10 ? [own] : [own, next],
      start: `${day}T10:00`,
      end: `${day}T12:00`,
    },
    `01jgv${String(place).padStart(21, '0')}`,
  );
}
