import type { NoticeEntry } from '../../../shared/notices/notice-entry.ts';
import { known, someEvent } from './some-event.ts';

const before = known(someEvent());
const elsewhere = { name: 'Town Hall', address: 'High Street, Harlow', postcode: 'CM20 1AA', access: [] };

export const newEvent: NoticeEntry = { what: 'published', event: someEvent() };
export const later: NoticeEntry = {
  what: 'moved',
  event: someEvent({ start: '2027-01-26T19:00', end: '2027-01-26T20:30' }),
  before,
};
export const cancelled: NoticeEntry = {
  what: 'cancelled',
  event: someEvent({ status: 'cancelled', reason: 'The hall has no heating' }),
  before,
};
export const postponed: NoticeEntry = {
  what: 'postponed',
  event: someEvent({ status: 'postponed', reason: 'Snow.' }),
  before,
};
export const withdrawn: NoticeEntry = {
  what: 'withdrawn',
  event: someEvent({ audience: 'internal', reason: 'secret', start: '2027-02-02T10:00' }),
  before,
};
export const otherDay: NoticeEntry = {
  what: 'moved',
  event: someEvent({ start: '2027-01-27T19:00', end: '2027-01-27T20:30' }),
  before,
};
export const otherPlace: NoticeEntry = { what: 'moved', event: someEvent({ venue: elsewhere }), before };
export const wholeDay: NoticeEntry = {
  what: 'published',
  event: someEvent({
    id: '01KA0000000000000000000002',
    title: 'Rural crime day of action',
    summary: 'All day across the villages; look out for us.',
    allDay: true,
    start: '2027-01-29',
    end: '2027-01-31',
    bookingUrl: 'https://www.eventbrite.example/rural',
  }),
};
export const online: NoticeEntry = {
  what: 'published',
  event: someEvent({
    id: '01KA0000000000000000000003',
    title: 'Ask your Chief Constable: live question time',
    kind: 'online',
    venue: undefined,
    start: '2027-01-27T19:00',
    end: '2027-01-27T20:00',
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3', exceptions: [], overrides: [] },
  }),
};
export const over: NoticeEntry = {
  what: 'survey',
  event: someEvent({ title: 'Talk on scams.', surveyUrl: 'https://forms.example/essex/42' }),
};
export const overToo: NoticeEntry = {
  what: 'survey',
  event: someEvent({ id: '01KA0000000000000000000004', surveyUrl: 'https://forms.example/essex/43' }),
};
