import { beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../shared/bulletins/change.ts';
import { compose } from '../../../shared/bulletins/settling.ts';
import { groupsOf } from '../../../shared/calendars/calendar-groups.ts';
import { preview } from '../../../shared/desk/preview.ts';
import { seriesCommands } from '../../../shared/desk/series-commands.ts';
import { seriesPlans } from '../../../shared/desk/series-plans.ts';
import { edit } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
import { whatChanged } from '../../../shared/notices/what-changed.ts';
import { Conflict, Forbidden, Invalid, Stale } from '../../../shared/runtime/errors.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { aDraft, anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';

const now = new Date('2027-01-05T12:00:00Z');
const officer = { id: 'o', name: 'O', roles: ['officer' as const], districts: ['southend'] };
/** Eight Thursdays from 14 January, 10 to 12. */
const thursdays = {
  start: '2027-01-14T10:00',
  end: '2027-01-14T12:00',
  recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=8' },
};

let store: ReturnType<typeof fakeEventStore>;
let changes: Change[];
let commands: ReturnType<typeof seriesCommands>;
beforeEach(() => {
  store = fakeEventStore();
  changes = [];
  let id = 0;
  commands = seriesCommands({
    events: {
      save: async (one) => {
        await store.save(one);
        changes.push(...one.changes);
      },
      saveBoth: async (one, other) => {
        await store.saveBoth(one, other);
        changes.push(...one.changes, ...other.changes);
      },
    },
    force: essex,
    now: () => now,
    newId: () => `id-${id++}`,
  });
});

async function kept(event: Event) {
  await store.save(edit(undefined, event, { by: officer, action: 'create', now, newId: () => 'c' }));
  return event;
}
const series = (members: object = {}) =>
  kept(anEvent({ ...thursdays, externalId: 'HUB', ...members }, 'series'));
const times = (event: Event) =>
  occurrences(event, new Date('2027-01-01'), new Date('2028-01-01')).map(({ start, event: { status } }) =>
    status === 'cancelled' ? `${start} off` : start,
  );
/** What residents hear of it: the words of each entry of the bulletin. */
async function heard() {
  const events = await store.getAll(changes.map(({ eventId }) => eventId));
  return compose(changes, events, now).map((entry) => {
    const event = events.get(entry.eventId) as Event;
    return whatChanged({ what: entry.what, event, before: entry.before }) ?? entry.what;
  });
}

describe('this one', () => {
  test('is moved, and residents hear of that day', async () => {
    const event = await series();
    const next = await commands.changeOne(officer, event, {
      recurrenceId: '2027-01-21T10:00',
      start: '2027-01-22T14:00',
    });
    expect(times(next).slice(0, 3)).toEqual(['2027-01-14T10:00', '2027-01-22T14:00', '2027-01-28T10:00']);
    expect(next).toMatchObject({ version: 2 + event.version - 1, sequence: 1 });
    expect(await heard()).toEqual([
      'One time has moved from Thursday 21 January 2027, 10:00 to Friday 22 January 2027, 14:00.',
    ]);
  });

  test('is called off with the reason, and is on again', async () => {
    const event = await series();
    const off = { recurrenceId: '2027-01-21T10:00', status: 'cancelled' as const, reason: 'Snow' };
    const next = await commands.changeOne(officer, event, off);
    expect(times(next)[1]).toBe('2027-01-21T10:00 off');
    expect(await heard()).toEqual([
      'It is cancelled on Thursday 21 January 2027, 10am to midday. Reason: Snow.',
    ]);
    const again = await commands.changeOne(officer, next, { recurrenceId: '2027-01-21T10:00' });
    expect(again.recurrence?.overrides).toEqual([]);
    expect(times(again)).toEqual(times(event));
  });

  test('comes back where it had been left out', async () => {
    const event = await series({ recurrence: { ...thursdays.recurrence, exceptions: ['2027-01-21'] } });
    const next = await commands.changeOne(officer, event, { recurrenceId: '2027-01-21T10:00' });
    expect(next.recurrence?.exceptions).toEqual([]);
  });

  test('that is only renamed is news to nobody', async () => {
    const next = await commands.changeOne(officer, await series(), {
      recurrenceId: '2027-01-21T10:00',
      title: 'With the dog unit',
    });
    expect(next.sequence).toBe(0);
    expect(changes).toEqual([]);
  });

  test('must be one of the series', async () => {
    const event = await series();
    const wrong = { recurrenceId: '2027-01-22T10:00', title: 'Other' };
    await expect(commands.changeOne(officer, event, wrong)).rejects.toThrow(Invalid);
    const single = await kept(anEvent({}, 'single'));
    await expect(commands.changeOne(officer, single, wrong)).rejects.toThrow(Invalid);
  });
});

describe('this and following', () => {
  const from = '2027-02-04T10:00';

  test('are an event of their own, at the same times, and nobody hears of it', async () => {
    const event = await series();
    const { first, following } = await commands.changeFollowing(officer, event, from, { title: 'Renamed' });
    expect([...times(first), ...times(following)]).toEqual(times(event));
    expect(first).toMatchObject({
      id: 'series',
      title: event.title,
      externalId: 'HUB',
      version: event.version + 1,
    });
    expect(following).toMatchObject({
      title: 'Renamed',
      status: 'published',
      publishedAt: event.publishedAt,
      version: 1,
      sequence: 0,
      continues: ['series'],
    });
    expect(following.externalId).toBeUndefined();
    expect(await store.get(following.id)).toEqual(following);
    expect(await heard()).toEqual([]);
  });

  test('are moved, and residents hear that they have moved, not that anything is off or new', async () => {
    const { following } = await commands.changeFollowing(officer, await series(), from, {
      start: '2027-02-05T14:00',
    });
    expect(times(following)).toEqual(
      [5, 12, 19, 26]
        .map((day) => `2027-02-${String(day).padStart(2, '0')}T14:00`)
        .concat('2027-03-05T14:00'),
    );
    expect(await heard()).toEqual([
      'This event has moved from Thursday 4 February 2027, 10:00 to Friday 5 February 2027, 14:00. It now happens every Friday, 5 times in all.',
    ]);
  });

  test('are moved for a reason, and residents hear it', async () => {
    const said = { reason: 'The hall is let' };
    await commands.changeFollowing(officer, await series(), from, { start: '2027-02-04T14:00' }, said);
    expect(await heard()).toEqual([
      'This event has moved from 10:00 to 14:00 on Thursday 4 February 2027. Reason: The hall is let.',
    ]);
  });

  test('are called off, and residents hear why', async () => {
    const event = await series();
    const { first, following } = await commands.changeFollowing(
      officer,
      event,
      from,
      {},
      { status: 'cancelled', reason: 'No hall' },
    );
    expect(times(first)).toHaveLength(3);
    expect(following).toMatchObject({ status: 'cancelled', reason: 'No hall' });
    expect(await heard()).toEqual(['This event has been cancelled. Reason: No hall.']);
  });

  test.each([
    ['moved', { start: '2027-02-05T14:00' }],
    ['renamed', { title: 'Other' }],
  ])('of a series that is told in the same bulletin are news too: %s', async (_what, changed) => {
    const event = await series();
    changes.push({
      ...{
        id: 'c0',
        district: 'southend',
        eventId: 'series',
        version: event.version,
        at: '',
        districts: ['southend'],
      },
      ...{ startsAt: '2027-01-14T10:00:00.000Z' },
    });
    await commands.changeFollowing(officer, event, from, changed);
    expect(await heard()).toEqual(['published', 'published']);
  });

  test('may be in another district, which hears of something new', async () => {
    const supervisor = { ...officer, districts: ['southend', 'harlow'] };
    await commands.changeFollowing(supervisor, await series(), from, { districts: ['southend', 'harlow'] });
    const told = compose(
      changes.filter(({ district }) => district === 'harlow'),
      await store.getAll(changes.map(({ eventId }) => eventId)),
      now,
    );
    expect(told).toMatchObject([{ what: 'published', before: undefined }]);
    expect(changes.map(({ district }) => district)).toEqual(['southend', 'harlow']);
  });

  test('of a draft are a draft', async () => {
    const draft = await kept(aDraft(thursdays, 'draft'));
    const { first, following } = await commands.changeFollowing(officer, draft, from, {
      start: '2027-02-04T11:00',
    });
    expect([first.status, following.status]).toEqual(['draft', 'draft']);
    expect(changes).toEqual([]);
  });

  test('can be split again, and still belong to what they were', async () => {
    const { following } = await commands.changeFollowing(officer, await series(), from, {});
    const { following: last } = await commands.changeFollowing(officer, following, '2027-02-18T10:00', {});
    expect(last.continues).toEqual(['series', following.id]);
    expect(groupsOf(last)).toEqual(
      expect.arrayContaining(['events/series', `events/${following.id}`, `events/${last.id}`]),
    );
  });

  test('are both kept or neither', async () => {
    const event = await series();
    await commands.changeOne(officer, event, { recurrenceId: from, title: 'Faster' });
    await expect(commands.changeFollowing(officer, event, from, {})).rejects.toThrow(Stale);
    expect((await store.list({ limit: 10 })).items).toHaveLength(1);
  });

  test('are refused where they would be no event, are not the officer’s, or are off already', async () => {
    const event = await series();
    const split = (changed: object, at = from, by = officer) =>
      commands.changeFollowing(by, event, at, changed);
    await expect(split({}, '2027-02-05T10:00')).rejects.toThrow(Invalid);
    await expect(split({}, event.start)).rejects.toThrow(Invalid);
    await expect(split({ team: 'nobody' })).rejects.toThrow(Invalid);
    await expect(split({ end: '2027-02-04T09:00' })).rejects.toThrow(Invalid);
    await expect(split({ districts: ['harlow'] })).rejects.toThrow(Forbidden);
    await expect(split({}, from, { ...officer, districts: ['harlow'] })).rejects.toThrow(Forbidden);
    const off = { ...event, status: 'cancelled' as const };
    await expect(commands.changeFollowing(officer, off, from, {})).rejects.toThrow(Conflict);
  });
});

test('what residents would hear can be looked at before anything is kept', async () => {
  const event = await series();
  const plans = seriesPlans({ force: essex, now: () => now, newId: () => 'next' });
  const { known, following } = plans.following(officer, event, '2027-02-04T10:00', {
    start: '2027-02-04T14:00',
  });
  const deps = {
    ...{ force: essex, origin: 'https://events.example', now: () => now, newId: () => 'c' },
    ...{ bulletins: fakeBulletinStore(), notices: fakeNoticeStore() },
    subscriptions: fakeSubscriptionStore({ signing: signing('secret'), now: () => now, newId: () => 's' }),
  };
  const { text, notices } = await preview(known, following, deps);
  expect(text.email?.subject).toContain('Moved: Southend Police Station open day, Thu 4 Feb 2pm');
  expect(notices).toMatchObject({ email: 0, sms: 0 });
  expect((await store.list({ limit: 10 })).items).toEqual([event]);
});

test('where the force wants a second person, nobody shows a series to the public by editing it', async () => {
  const force = { ...essex, console: { ...essex.console, secondPerson: true } };
  const guarded = seriesCommands({ events: store, force, now: () => now, newId: () => 'id' });
  const event = await series({ audience: 'partners' });
  const shown = { audience: 'public' as const };
  await expect(guarded.changeAll(officer, event, shown)).rejects.toThrow(Forbidden);
  await expect(guarded.changeFollowing(officer, event, '2027-02-04T10:00', shown)).rejects.toThrow(Forbidden);
  expect((await guarded.changeFollowing(officer, event, '2027-02-04T10:00', {})).following.audience).toBe(
    'partners',
  );
});

describe('all', () => {
  test('move together, with what was said of single days', async () => {
    const cancelled = { recurrenceId: '2027-01-28T10:00', status: 'cancelled', reason: 'Snow' };
    const event = await series({ recurrence: { ...thursdays.recurrence, overrides: [cancelled] } });
    const next = await commands.changeAll(officer, event, { start: '2027-01-15T11:00' });
    expect(times(next).slice(0, 3)).toEqual(['2027-01-15T11:00', '2027-01-22T11:00', '2027-01-29T11:00 off']);
    expect(next.externalId).toBe('HUB');
    expect(await heard()).toEqual([
      'This event has moved from Thursday 14 January 2027, 10:00 to Friday 15 January 2027, 11:00. It now happens every Friday, 8 times in all.',
    ]);
  });
});
