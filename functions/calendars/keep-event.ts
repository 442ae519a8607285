import { isDeepStrictEqual } from 'node:util';
import { type Entry, entryOf } from '../../shared/calendars/calendar-entry.ts';
import { calendarFrame } from '../../shared/calendars/calendar-frame.ts';
import { ALL, type Group, groupsOf, ownerOf } from '../../shared/calendars/calendar-groups.ts';
import { DAYS_BACK, moveDates } from '../../shared/calendars/calendar-window.ts';
import type { MoveStore } from '../../shared/calendars/move-store.ts';
import type { Setting } from '../../shared/calendars/render-event.ts';
import { type Event, isPublic } from '../../shared/events/event.ts';
import { toLocalDate } from '../../shared/events/zone-time.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';
import type { EntryStore, Placed } from './entry-store.ts';
import { faultsOf, setAside } from './set-aside.ts';

export type KeepDeps = {
  entries: Pick<EntryStore, 'write'>;
  moves: Pick<MoveStore, 'expect'>;
  setting: Setting;
  now: () => Date;
};

const DAY = 86_400_000;
/** Longer than any record may be late that an operator plays back by hand. */
const DEPARTURE_DAYS = 400;
/** What one item of the table may hold is 400 KB. */
const MOST_BYTES = 380_000;
/** A day for the window's last midnight to be seen. */
const GRACE_DAYS = 2;

/**
 * Renders an event once and keeps its text for each calendar it is in; takes it off those it was in. A text that
 * fails the lint is not kept: the old one stays.
 * @returns the calendars that may differ now
 */
export async function keepEvent(event: Event, previous: Event[], deps: KeepDeps): Promise<Group[]> {
  const { entries, now } = deps;
  const groups = groupsOf(event);
  const left = [...new Set(previous.flatMap(groupsOf))].filter((group) => !groups.includes(group));
  const { id, version, updatedAt } = event;
  const departedUntil = new Date(now().getTime() + DEPARTURE_DAYS * DAY);
  const departures = left.map(
    (group): Placed => ({ group, entry: { id, version, updatedAt }, hasLeft: true, until: departedUntil }),
  );
  const entry = groups.length ? soundEntry(event, deps) : undefined;
  if (!entry) {
    await entries.write(departures);
    return left;
  }
  const goneAt = entry.endsAt
    ? new Date(Date.parse(entry.endsAt) + (DAYS_BACK + GRACE_DAYS) * DAY)
    : undefined;
  const kept = groups.map(
    (group): Placed => ({ group, entry, hasLeft: false, until: ownerOf(group) ? undefined : goneAt }),
  );
  await Promise.all([
    entries.write([...departures, ...kept]),
    isExpected(event, previous.at(-1)) || expectMoves(entry, groups, deps),
  ]);
  return [...left, ...groups];
}

/** Whether the moves of the event were noted when it became what it was. */
const isExpected = (event: Event, previous: Event | undefined) =>
  previous !== undefined &&
  [previous, event].every(isPublic) &&
  isDeepStrictEqual(whenAndWhere(previous), whenAndWhere(event));

const whenAndWhere = ({ start, end, recurrence, districts, kind, campaign }: Event) => [
  start,
  end,
  recurrence,
  districts,
  kind,
  campaign,
];

/** Notes the days on which the window alone, with no edit, changes what the event's calendars hold. */
async function expectMoves(entry: Entry, groups: Group[], { moves, setting, now }: KeepDeps): Promise<void> {
  const { timeZone } = setting.force;
  const today = toLocalDate(now(), timeZone);
  const { comes, leaves } = moveDates(entry, timeZone);
  const windowed = groups.filter((group) => !ownerOf(group));
  const days = [comes, leaves].filter((day) => day !== undefined && day > today);
  await Promise.all(days.map((day) => moves.expect(String(day), entry.id, windowed)));
}

function soundEntry(event: Event, { setting, now }: KeepDeps): Entry | undefined {
  let entry: Entry;
  try {
    entry = entryOf(event, setting);
  } catch (error) {
    log.error('an event cannot be rendered', { eventId: event.id, ...causeOf(error) });
    setAside(event, [{ rule: 'render', message: 'cannot be rendered' }], now());
    return undefined;
  }
  const frame = { group: ALL, name: 'One event', description: 'One event', page: '/' };
  const faults = faultsOf([entry], calendarFrame(frame, setting, 'ics'));
  const size = Buffer.byteLength(entry.ics + (entry.google ?? '') + entry.json + entry.atom);
  if (size > MOST_BYTES) faults.push({ rule: 'size', message: `its texts are ${size} bytes long` });
  if (faults.length === 0) return entry;
  setAside(event, faults, now());
  return undefined;
}
