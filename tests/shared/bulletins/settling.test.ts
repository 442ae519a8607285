import { describe, expect, test } from 'vitest';
import type { Change, Moment } from '../../../shared/bulletins/change.ts';
import { momentOf } from '../../../shared/bulletins/change.ts';
import { isNight, morningOf } from '../../../shared/bulletins/night.ts';
import {
  closed,
  compose,
  nextLook,
  opened,
  type Running,
  type Window,
} from '../../../shared/bulletins/settling.ts';
import { cancelled, revised } from '../../../shared/events/edit-event.ts';
import { anEvent, inputOf } from '../../support/an-event.ts';

const pace = { settleSeconds: 120, timeZone: 'Europe/London' };
const noon = new Date('2027-01-05T12:00:00Z');
const night = new Date('2027-01-05T22:30:00Z');
const morning = '2027-01-06T08:00:00.000Z';
const later = (from: Date, seconds: number) => new Date(from.getTime() + seconds * 1000);
const at = (now: Date, running: Running = new Map()) => ({ now, running, pace });
const known = momentOf(anEvent()) as Moment;

let id = 0;
const change = (members: Partial<Change> = {}): Change => ({
  id: `c${id++}`,
  district: 'southend',
  eventId: 'open-day',
  version: 2,
  at: noon.toISOString(),
  districts: ['southend'],
  startsAt: '2027-01-30T10:00:00.000Z',
  ...members,
});
const inHours = (hours: number, from = noon) => later(from, hours * 3600).toISOString();
const urgent = (from = noon) => change({ eventId: 'tonight', startsAt: inHours(20, from) });
const pressing = (from = noon) => change({ eventId: 'off', startsAt: inHours(9, from), before: known });

describe('the settle window', () => {
  test('each change prolongs it, up to five times its length', () => {
    let window = opened(undefined, [change()], noon, pace);
    expect(window.settleAt).toBe(later(noon, 120).toISOString());
    for (let seconds = 100; seconds <= 590; seconds += 70)
      window = opened(window, [change()], later(noon, seconds), pace);
    expect(window.settleAt).toBe(later(noon, 600).toISOString());
    expect(window.openedAt).toBe(noon.toISOString());
  });

  test('an event within 24 hours does not wait, and takes nothing else along', () => {
    const calm = change();
    const window = opened(opened(undefined, [calm], noon, pace), [urgent()], later(noon, 10), pace);
    expect(nextLook(window)).toEqual(later(noon, 10));
    const { go, stay, left } = closed(window, [calm, urgent()], at(later(noon, 10)));
    expect(go.map(({ eventId }) => eventId)).toEqual(['tonight']);
    expect(stay).toEqual([calm]);
    expect(left.settleAt).toBe(later(noon, 120).toISOString());
  });

  test('an import settles as one, however soon its events are', () => {
    const imported = { ...urgent(), importId: 'week' };
    const window = opened(undefined, [imported], noon, pace);
    expect(nextLook(window)).toEqual(later(noon, 120));
    expect(closed(window, [imported], at(later(noon, 60))).go).toEqual([]);
    expect(closed(window, [imported], at(later(noon, 120))).go).toEqual([imported]);
  });

  test('an import that takes long is still one bulletin', () => {
    const row = () => change({ importId: 'week' });
    let window = opened(undefined, [row()], noon, pace);
    for (let seconds = 100; seconds <= 1500; seconds += 100) {
      expect(closed(window, [row()], at(later(noon, seconds))).go).toEqual([]);
      window = opened(window, [row()], later(noon, seconds), pace);
    }
    expect(window.settleAt).toBe(later(noon, 1620).toISOString());
  });

  test('what an import changes waits until all of it is in, or nobody believes in it any more', () => {
    const row = change({ eventId: 'row', importId: 'week' });
    const other = change({ eventId: 'other' });
    const window = opened(undefined, [row], noon, pace);
    const running = new Map([['week', later(noon, 150)]]);
    const first = closed(window, [row, other], at(later(noon, 120), running));
    expect(first.go).toEqual([other]);
    expect(first.left.settleAt, 'when nobody believes in it').toBe(later(noon, 150).toISOString());
    const soon = closed(window, [row], at(later(noon, 120), new Map([['week', later(noon, 900)]])));
    expect(soon.left.settleAt, 'the longer it takes, the later').toBe(later(noon, 180).toISOString());
    expect(closed(first.left, [row], at(later(noon, 150))).go).toEqual([row]);
  });

  test('all changes of an event go together', () => {
    const first = change({ eventId: 'tonight', version: 1 });
    const second = { ...urgent(), version: 2 };
    const window = opened(undefined, [first, second], noon, pace);
    expect(closed(window, [first, second], at(noon)).go).toEqual([first, second]);
  });
});

describe('at night', () => {
  test('news waits for the morning', () => {
    const window = opened(undefined, [change()], night, pace);
    expect(window.settleAt).toBe(morning);
    expect(closed(window, [change()], at(new Date(morning))).go).toHaveLength(1);
  });

  test('so does a window that would close at night', () => {
    const window = opened(undefined, [change()], new Date('2027-01-05T20:59:00Z'), pace);
    expect(window.settleAt).toBe(morning);
  });

  test('news of an event within 24 hours waits too', () => {
    expect(nextLook(opened(undefined, [urgent(night)], night, pace))?.toISOString()).toBe(morning);
  });

  test('a cancellation within 12 hours goes at once, alone', () => {
    const calm = change();
    const window = opened(opened(undefined, [calm], night, pace), [pressing(night)], later(night, 60), pace);
    const { go, left } = closed(window, [calm, pressing(night)], at(later(night, 60)));
    expect(go.map(({ eventId }) => eventId)).toEqual(['off']);
    expect(left.settleAt).toBe(morning);
  });

  test.each([
    ['2027-01-05T20:59:59Z', false],
    ['2027-01-05T21:00:00Z', true],
    ['2027-01-06T07:59:59Z', true],
    ['2027-01-06T08:00:00Z', false],
    ['2027-06-05T20:00:00Z', true],
    ['2027-06-05T07:00:00Z', false],
  ])('%s in London: %s', (instant, expected) => {
    expect(isNight(new Date(instant), 'Europe/London')).toBe(expected);
  });

  test.each([
    ['over the change to summer time', '2027-03-27T22:00:00Z', '2027-03-28T07:00:00.000Z'],
    ['over the change to winter time', '2027-10-30T22:00:00Z', '2027-10-31T08:00:00.000Z'],
    ['after midnight', '2027-01-06T02:00:00Z', morning],
  ])('morning is 08:00 on the clocks, %s', (_name, instant, expected) => {
    expect(morningOf(new Date(instant), 'Europe/London').toISOString()).toBe(expected);
  });
});

describe('the net effect of a window', () => {
  const event = anEvent();
  const of = (changes: Change[], now = event) =>
    compose(changes, new Map([['open-day', now]]), noon).map(({ what }) => what);

  test('published and corrected is news once', () => {
    const moved = revised(event, inputOf({ start: '2027-01-30T11:00' }), noon);
    expect(of([change({ version: 2 }), change({ version: 3, before: known })], moved)).toEqual(['published']);
  });

  test('published and cancelled is silence', () => {
    expect(
      of([change({ version: 2 }), change({ version: 3, before: known })], cancelled(event, 'Flood', noon)),
    ).toEqual([]);
  });

  test('moved and moved back is silence', () => {
    expect(
      of([
        change({ before: known }),
        change({ version: 3, before: { ...known, start: '2027-01-30T11:00' } }),
      ]),
    ).toEqual([]);
  });

  test('moved twice tells of the first and the last', () => {
    const moved = revised(event, inputOf({ start: '2027-01-30T12:00' }), noon);
    const changes = [
      change({ version: 3, before: { ...known, start: '2027-01-30T11:00' } }),
      change({ before: known }),
    ];
    const [entry] = compose(changes, new Map([['open-day', moved]]), noon);
    expect(entry).toMatchObject({
      what: 'moved',
      before: { start: '2027-01-30T10:00' },
      version: moved.version,
    });
  });

  test('moved and cancelled is a cancellation', () => {
    expect(of([change({ before: known })], cancelled(event, 'Flood', noon))).toEqual(['cancelled']);
  });

  test('an event that is gone is left out', () => {
    expect(compose([change({ eventId: 'gone' })], new Map(), noon)).toEqual([]);
  });
});

test('a window that waits for nothing is not looked at', () => {
  const window: Window = { openedAt: noon.toISOString() };
  expect(nextLook(window)).toBeUndefined();
});
