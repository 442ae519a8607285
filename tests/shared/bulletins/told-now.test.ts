import { describe, expect, test } from 'vitest';
import { toldNow } from '../../../shared/bulletins/told-now.ts';
import { cancelled } from '../../../shared/events/edit-event.ts';
import { anEvent } from '../../support/an-event.ts';

const noon = new Date('2027-01-04T12:00:00Z');
const weekly = anEvent({
  start: '2027-01-05T18:00',
  end: '2027-01-05T19:00',
  recurrence: { rrule: 'FREQ=WEEKLY', exceptions: ['2027-01-19T18:00'], overrides: [] },
});
const reminderOf = (startsAt: string) => ({ what: 'reminder' as const, startsAt });

describe('a reminder', () => {
  test('is of the one time it was made for', () => {
    const told = toldNow(reminderOf('2027-01-12T18:00:00.000Z'), weekly, new Date('2027-01-11T18:00:00Z'));
    expect(told?.event).toMatchObject({ start: '2027-01-12T18:00', end: '2027-01-12T19:00' });
    expect(told?.event.recurrence).toBeUndefined();
  });

  test('of a time that was moved, called off, or is of today, says nothing any more', () => {
    const on = (startsAt: string, event = weekly, now = noon) => toldNow(reminderOf(startsAt), event, now);
    expect(on('2027-01-05T18:00:00.000Z')).toBeDefined();
    expect(on('2027-01-05T18:30:00.000Z')).toBeUndefined();
    expect(on('2027-01-19T18:00:00.000Z')).toBeUndefined();
    expect(on('2027-01-05T18:00:00.000Z', cancelled(weekly, 'Flood', noon))).toBeUndefined();
    expect(on('2027-01-05T18:00:00.000Z', weekly, new Date('2027-01-05T00:00:00Z'))).toBeUndefined();
  });
});

test('what repeats is news for as long as it goes on', () => {
  const news = { what: 'published' as const, startsAt: '2027-01-05T18:00:00.000Z' };
  expect(toldNow(news, weekly, new Date('2027-06-01T12:00:00Z'))?.what).toBe('published');
  expect(toldNow(news, anEvent(), new Date('2027-06-01T12:00:00Z'))).toBeUndefined();
});

describe('a survey', () => {
  const surveyUrl = 'https://forms.example/1';
  const event = anEvent({ start: '2027-01-05T18:00', end: '2027-01-05T19:00', surveyUrl });
  const asked = (members = {}, now = '2027-01-06T10:00:00Z') =>
    toldNow({ what: 'survey', startsAt: '2027-01-05T18:00:00.000Z' }, { ...event, ...members }, new Date(now))
      ?.what;

  test('asks about what took place, completed or not', () => {
    expect(asked()).toBe('survey');
    expect(asked({ status: 'completed' })).toBe('survey');
  });

  test('asks nothing where the event was called off, hidden, moved or lost its survey meanwhile', () => {
    expect(asked({ status: 'cancelled' })).toBeUndefined();
    expect(asked({ audience: 'internal' })).toBeUndefined();
    expect(asked({ surveyUrl: undefined })).toBeUndefined();
    expect(asked({ start: '2027-01-07T18:00', end: '2027-01-07T19:00' })).toBeUndefined();
    expect(asked({}, '2027-01-05T18:30:00Z')).toBeUndefined();
  });
});
