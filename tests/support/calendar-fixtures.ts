import type { Event } from '../../shared/events/event.ts';
import { anEvent } from './an-event.ts';
import { essex } from './essex.ts';

export const setting = { force: essex, origin: 'https://events.essex.example' };

const now = new Date('2027-01-04T10:00:00Z');
const id = (place: number) => `01jgv${String(place).padStart(21, '0')}`;
const weekly = {
  title: 'Community Hub: ask us anything',
  kind: 'drop-in',
  start: '2027-03-11T10:00',
  end: '2027-03-11T12:00',
  recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=5' },
};

/** One event of every sort that a calendar must get right. */
export const samples: Record<string, Event> = {
  single: anEvent({}, id(1), now),
  'all-day': anEvent(
    { title: 'Seafront weekend', start: '2027-03-27', end: '2027-03-29', allDay: true },
    id(2),
    now,
  ),
  'several-districts': anEvent(
    {
      title: 'Join us online; “ask”, listen \\ talk',
      summary: 'Two districts, one call.',
      description: 'Two districts, one call.\r\nBring a 👮‍♀️ question: ‘why?’, naïve or not.',
      kind: 'online',
      districts: ['southend', 'castle-point'],
      campaign: 'npw-2027',
      onlineUrl: 'https://meet.example/room,1;x=é',
      bookingUrl: 'https://book.example/?a=1&b=2',
      partners: ["Bar'N'Bus", 'Age Concern, Southend'],
      venue: undefined,
    },
    id(3),
    now,
  ),
  cancelled: {
    ...anEvent({}, id(4), now),
    version: 3,
    sequence: 1,
    status: 'cancelled',
    reason: 'the hall is flooded; sorry',
    updatedAt: '2027-01-20T08:00:00.000Z',
  },
  postponed: {
    ...anEvent({}, id(5), now),
    version: 3,
    sequence: 1,
    status: 'postponed',
    reason: 'snow',
    updatedAt: '2027-01-20T08:00:00.000Z',
  },
  recurring: anEvent(
    {
      ...weekly,
      recurrence: {
        rrule: 'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270415',
        exceptions: ['2027-03-25T10:00'],
        overrides: [
          { recurrenceId: '2027-03-18T10:00', title: 'Moved to Friday', start: '2027-03-19T14:00' },
          { recurrenceId: '2027-04-01T10:00', status: 'cancelled', reason: 'Easter' },
        ],
      },
    },
    id(6),
    now,
  ),
  'recurring-as-clocks-go-back': anEvent(
    {
      ...weekly,
      title: 'Night patrol',
      kind: 'patrol',
      start: '2027-10-17T01:30',
      end: '2027-10-17T02:30',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    },
    id(7),
    now,
  ),
  'recurring-as-clocks-go-forward': anEvent(
    {
      ...weekly,
      title: 'Night patrol',
      kind: 'patrol',
      start: '2027-03-14T01:30',
      end: '2027-03-14T02:30',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    },
    id(11),
    now,
  ),
  'in-the-hour-that-is-twice': anEvent(
    { ...weekly, start: '2027-10-31T01:30', end: '2027-10-31T02:30', recurrence: undefined },
    id(12),
    now,
  ),
  'in-the-gap': anEvent(
    { ...weekly, start: '2027-03-28T01:30', end: '2027-03-28T02:00', recurrence: undefined },
    id(10),
    now,
  ),
  'recurring-all-day': anEvent(
    {
      ...weekly,
      start: '2027-10-30',
      end: '2027-10-31',
      allDay: true,
      recurrence: {
        rrule: 'FREQ=DAILY;COUNT=4',
        exceptions: ['2027-11-01'],
        overrides: [{ recurrenceId: '2027-10-31', title: 'The last Sunday', end: '2027-11-01' }],
      },
    },
    id(8),
    now,
  ),
  'last-working-day': anEvent(
    {
      ...weekly,
      title: 'End of month surgery',
      start: '2027-01-29T17:00',
      end: '2027-01-29T18:00',
      recurrence: { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=12' },
    },
    id(9),
    now,
  ),
};
