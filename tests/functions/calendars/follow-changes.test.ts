import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { followChanges } from '../../../functions/calendars/follow-changes.ts';
import { Overtaken } from '../../../functions/calendars/object-store.ts';
import { rememberedTags } from '../../../functions/calendars/remembered-tags.ts';
import { entryOf } from '../../../shared/calendars/calendar-entry.ts';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import type { Event } from '../../../shared/events/event.ts';
import { anEvent } from '../../support/an-event.ts';
import { setting } from '../../support/calendar-fixtures.ts';
import { fakeEntryStore } from '../../support/fakes/entry-store.ts';
import { fakeMoveStore } from '../../support/fakes/move-store.ts';
import { type FakeObjects, fakeObjectStore } from '../../support/fakes/object-store.ts';
import { streamRecord } from '../../support/stream-record.ts';

const id = `01jgv${'1'.padStart(21, '0')}`;
const event = anEvent({ campaign: 'npw-2027' }, id);
const next = (one: Event, members: Partial<Event>): Event => ({
  ...one,
  version: one.version + 1,
  ...members,
});

let world: ReturnType<typeof newWorld>;
beforeEach(() => {
  world = newWorld();
});

function newWorld() {
  let now = new Date('2027-01-20T12:00Z');
  const objects = fakeObjectStore();
  const deps = {
    entries: fakeEntryStore(),
    moves: fakeMoveStore(),
    objects: rememberedTags(objects),
    setting,
    now: () => now,
  };
  return {
    deps,
    objects,
    set now(to: Date) {
      now = to;
    },
    changed: (after: Event | undefined, before?: Event) => followChanges([streamRecord(after, before)], deps),
  };
}

const calendarsWith = (objects: FakeObjects, words: string) =>
  [...objects.objects.keys()]
    .filter((key) => !key.endsWith('.gz') && objects.text(key)?.includes(words))
    .sort();

describe('a published event', () => {
  it('is on every calendar it belongs to, and on no other', async () => {
    await world.changed(event);
    expect(calendarsWith(world.objects, id)).toEqual([
      'calendars/all.atom',
      'calendars/all.ics',
      'calendars/all.json',
      'calendars/campaigns/npw-2027.atom',
      'calendars/campaigns/npw-2027.ics',
      'calendars/campaigns/npw-2027.json',
      `calendars/events/${id}.ics`,
      'calendars/google/all.ics',
      'calendars/google/southend.ics',
      'calendars/southend.atom',
      'calendars/southend.ics',
      'calendars/southend.json',
      'calendars/southend/open-day.atom',
      'calendars/southend/open-day.ics',
      'calendars/southend/open-day.json',
    ]);
  });

  it('is published as calendar apps and caches expect it', async () => {
    await world.changed(event);
    const plain = world.objects.objects.get('calendars/southend.ics');
    const twin = world.objects.objects.get('calendars/southend.ics.gz');
    expect(plain?.stored).toEqual({ contentType: 'text/calendar; charset=utf-8' });
    expect(twin?.stored).toEqual({ contentType: 'text/calendar; charset=utf-8', contentEncoding: 'gzip' });
    expect(gunzipSync(twin?.body ?? Buffer.alloc(0))).toEqual(plain?.body);
    expect(lintCalendar(plain?.body.toString() ?? '')).toEqual([]);
  });

  it('is not put again when nothing differs', async () => {
    await world.changed(event);
    const { puts } = world.objects;
    await world.changed(event);
    expect(world.objects.puts).toBe(puts);
  });

  it('has the same bytes in whatever order the table gives its members', async () => {
    const reversed = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, held]) => [name, reversed(held)]),
          );
    await world.changed(event);
    const { puts } = world.objects;
    await world.changed(reversed(event) as Event);
    expect(world.objects.puts).toBe(puts);
  });

  it('is in the JSON calendar as the API shows it', async () => {
    await world.changed(event);
    const { items } = JSON.parse(world.objects.text('calendars/southend.json') ?? '');
    const origin = setting.origin;
    expect(items).toEqual([
      { ...event, url: `${origin}/events/${id}`, calendarUrl: `${origin}/calendars/events/${id}.ics` },
    ]);
  });
});

describe('an event that changes', () => {
  it('leaves the calendars of a district and kind it leaves', async () => {
    await world.changed(event);
    const moved = next(event, { districts: ['basildon'], kind: 'talk', campaign: undefined });
    await world.changed(moved, event);
    expect(calendarsWith(world.objects, id).filter((key) => key.endsWith('.ics'))).toEqual([
      'calendars/all.ics',
      'calendars/basildon.ics',
      'calendars/basildon/talk.ics',
      `calendars/events/${id}.ics`,
      'calendars/google/all.ics',
      'calendars/google/basildon.ics',
    ]);
    expect(lintCalendar(world.objects.text('calendars/southend.ics') ?? '')).toEqual([]);
  });

  it('is nowhere once it is no longer public, and a late record does not bring it back', async () => {
    await world.changed(event);
    await world.changed(next(event, { audience: 'partners' }), event);
    await world.changed(event);
    expect(calendarsWith(world.objects, id)).toEqual([]);
    expect(world.objects.text(`calendars/events/${id}.ics`)).toBeUndefined();
    expect(world.objects.text(`calendars/events/${id}.ics.gz`)).toBeUndefined();
  });

  it('stays when cancelled, marked, and confirmed for Google, until 30 days after its date', async () => {
    await world.changed(event);
    const cancelled = next(event, { status: 'cancelled', reason: 'snow', sequence: 1 });
    await world.changed(cancelled, event);
    expect(world.objects.text('calendars/southend.ics')).toMatch(/SUMMARY:CANCELLED: .*STATUS:CANCELLED/s);
    expect(world.objects.text('calendars/google/southend.ics')).toMatch(
      /SUMMARY:CANCELLED: .*STATUS:CONFIRMED/s,
    );
    world.now = new Date('2027-03-01T23:59Z');
    await world.changed(cancelled, event);
    expect(calendarsWith(world.objects, id)).toContain('calendars/southend.ics');
    world.now = new Date('2027-03-02T00:00Z');
    await world.changed(cancelled, event);
    expect(calendarsWith(world.objects, id)).toEqual([`calendars/events/${id}.ics`]);
  });

  it('is nowhere while it is a draft', async () => {
    await world.changed({ ...event, status: 'draft', publishedAt: undefined });
    expect(world.objects.puts).toBe(0);
  });
});

describe('a batch', () => {
  it('puts a calendar once for all of its events', async () => {
    const more = Array.from({ length: 20 }, (_, place) =>
      anEvent({}, `01jgw${String(place).padStart(21, '0')}`),
    );
    await followChanges(
      more.map((one) => streamRecord(one)),
      world.deps,
    );
    const own = more.length * 2;
    expect(world.objects.puts - own).toBe(22);
  });

  it('gives back from the first record that cannot be kept, and publishes what could', async () => {
    const second = anEvent({}, `01jgw${'2'.padStart(21, '0')}`);
    const { entries } = world.deps;
    const records = [streamRecord(event), streamRecord(second)];
    const response = await followChanges(records, {
      ...world.deps,
      entries: {
        ...entries,
        write: async (all) => {
          if (all.some(({ entry }) => entry.id === second.id)) throw new Error('throttled');
          return entries.write(all);
        },
      },
    });
    expect(response.batchItemFailures).toEqual([{ itemIdentifier: records[1]?.dynamodb?.SequenceNumber }]);
    expect(calendarsWith(world.objects, id)).toContain('calendars/southend.ics');
  });

  it('ignores records of other things', async () => {
    const other = streamRecord(event);
    if (other.dynamodb?.NewImage) other.dynamodb.NewImage.type = { S: 'agenda' };
    expect(await followChanges([other], world.deps)).toEqual({ batchItemFailures: [] });
    expect(world.objects.puts).toBe(0);
  });
});

describe('a series that is split', () => {
  it('goes on in the calendar that a phone has of it', async () => {
    const following = anEvent({ start: '2027-02-06T10:00', end: '2027-02-06T12:00' }, id.replace(/1$/, '2'));
    await world.changed(event);
    await world.changed({ ...following, continues: [id] });
    const own = world.objects.text(`calendars/events/${id}.ics`) ?? '';
    expect(own.match(/^UID:01.*(?=\r$)/gm)).toEqual([
      `UID:${id}@essex.streetmeet`,
      `UID:${following.id}@essex.streetmeet`,
    ]);
    expect(lintCalendar(own)).toEqual([]);
    expect(world.objects.text(`calendars/events/${following.id}.ics`)).not.toContain(`UID:${id}`);
  });
});

describe('two writers', () => {
  it('converge on the newest: the later one makes the earlier start again', async () => {
    await world.changed(event);
    const cancelled = next(event, {
      status: 'cancelled',
      sequence: 1,
      updatedAt: '2027-01-21T00:00:00.000Z',
    });
    let isFirst = true;
    const { put } = world.objects;
    world.objects.put = async (key, body, tag, stored) => {
      if (isFirst && key === 'calendars/southend.ics') {
        isFirst = false;
        await world.changed(cancelled, event);
      }
      return put(key, body, tag, stored);
    };
    await world.changed(next(event, { title: 'Older', version: 2 }), event);
    expect(world.objects.text('calendars/southend.ics')).toContain('STATUS:CANCELLED');
  });

  it('give up when overtaken again and again, so that the record is tried later', async () => {
    world.objects.put = async (key) => {
      throw new Overtaken(key);
    };
    expect((await world.changed(event)).batchItemFailures).toHaveLength(1);
  });
});

describe('an event whose text fails the lint', () => {
  const second = anEvent({ title: 'Sound' }, `01jgw${'2'.padStart(21, '0')}`);

  it('is set aside: its old text stays, the others are published, an alarm counts', async () => {
    await world.changed(event);
    const broken = next(event, { contact: { ...event.contact, email: 'no address' } });
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await followChanges([streamRecord(broken, event), streamRecord(second)], world.deps);
    const said = written.mock.calls.map(([line]) => String(line)).join('');
    written.mockRestore();
    expect(said).toContain('"EventSetAside":1');
    expect(said).not.toContain('no address');
    const southend = world.objects.text('calendars/southend.ics') ?? '';
    expect(southend).toContain('SUMMARY:Sound');
    expect(southend).toContain('mailto:events@essex.streetmeet.example');
    expect(lintCalendar(southend)).toEqual([]);
  });

  it('is left out of what is published if it was kept all the same', async () => {
    await world.changed(second);
    const { entries } = world.deps;
    const kept = { ...entryOf(event, setting), ics: 'BEGIN:VEVENT\r\nEND:VEVENT\r\n' };
    await entries.write([{ group: 'southend', entry: kept, hasLeft: false }]);
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await world.changed(next(second, { title: 'Still sound' }), second);
    written.mockRestore();
    expect(world.objects.text('calendars/southend.ics')).toContain('SUMMARY:Still sound');
    expect(world.objects.text('calendars/southend.ics')?.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  });

  it('is set aside when it is too large for the table', async () => {
    const overrides = Array.from({ length: 100 }, (_, place) => ({
      recurrenceId: `2027-01-30T10:00`,
      description: `${place}${'x'.repeat(4900)}`,
    }));
    const large = { ...event, recurrence: { rrule: 'FREQ=DAILY;COUNT=100', exceptions: [], overrides } };
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await world.changed(large as Event)).toEqual({ batchItemFailures: [] });
    written.mockRestore();
    expect(world.objects.puts).toBe(0);
  });
});
