import { describe, expect, test } from 'vitest';
import { eventInput } from '../../../shared/events/event-input.ts';
import { openDay } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { succeeding } from '../../support/succeeding.ts';

const schema = eventInput(essex);
const faultsOf = (members: Record<string, unknown>) =>
  (schema.safeParse({ ...openDay, ...members }).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('/')}: ${message}`,
  );

describe('what an officer may not write', () => {
  test.each([
    ['an impossible date', { start: '2027-02-30T10:00' }, 'start: must be a local time'],
    ['a time with an offset', { start: '2027-01-30T10:00Z' }, 'start: must be a local time'],
    ['a time for an all-day event', { allDay: true }, 'start: must be a date, as the event is all day'],
    ['a date for an event with a time', { start: '2027-01-30' }, 'start: must have a time'],
    ['an end before the start', { end: '2027-01-30T09:00' }, 'end: must be after the start'],
    [
      'an end at the start',
      { allDay: true, start: '2027-01-30', end: '2027-01-30' },
      'end: must be after the start: the end date is exclusive',
    ],
    ['an end long after', { end: '2027-06-30T09:00' }, 'end: must be within 31 days'],
    [
      'an unknown district',
      { districts: ['southend', 'kent'] },
      'districts/1: "kent" is not a district of Essex Police',
    ],
    ['no district', { districts: [] }, 'districts: must name a district'],
    ['a district twice', { districts: ['southend', 'southend'] }, 'districts/1: "southend" is named twice'],
    ['an unknown team', { team: 'x' }, 'team: "x" is not a team'],
    ['an unknown campaign', { campaign: 'x' }, 'campaign: "x" is not a campaign'],
    ['another zone', { timeZone: 'Europe/Paris' }, 'timeZone: must be Europe/London'],
    ['a title of two lines', { title: 'one\r\nATTENDEE:two' }, 'title: must be one line'],
    ['a script for a link', { bookingUrl: 'javascript:alert(1)' }, 'bookingUrl: must be a web address'],
    ['an empty title', { title: '  ' }, 'title: must not be empty'],
  ])('%s', (_name, members, message) => {
    expect(faultsOf(members).join('\n')).toContain(message);
  });
});

test('no school visit is public unless somebody says so', () => {
  expect(schema.parse({ ...openDay, kind: 'school-visit' }).audience).toBe('partners');
  expect(schema.parse({ ...openDay, kind: 'school-visit', audience: 'public' }).audience).toBe('public');
  expect(schema.parse(openDay).audience).toBe('public');
});

test('what is left out has the force’s defaults: its zone, and the team to ask', () => {
  expect(schema.parse(openDay)).toMatchObject({
    timeZone: 'Europe/London',
    contact: { name: 'Southend CPT' },
    allDay: false,
    partners: [],
  });
});

test('an event cannot be in a district that will have ended', () => {
  const on = (day: string) =>
    eventInput(succeeding).safeParse({
      ...openDay,
      districts: ['harlow', 'rochford'],
      start: `${day}T10:00`,
      end: `${day}T11:00`,
    });
  expect(on('2028-03-31').success).toBe(true);
  expect(on('2028-04-01').error?.issues).toMatchObject([
    { path: ['districts', 1], message: '"rochford" ends on 2028-03-31: from then on it is "southend"' },
  ]);
});
