import { draftOf, published } from '../../shared/events/edit-event.ts';
import type { Event } from '../../shared/events/event.ts';
import { eventInput } from '../../shared/events/event-input.ts';
import { essex } from './essex.ts';

/** What an officer would send for an open day in Southend. */
export const openDay = {
  title: 'Southend Police Station open day',
  kind: 'open-day',
  districts: ['southend'],
  team: 'southend-cpt',
  start: '2027-01-30T10:00',
  end: '2027-01-30T15:00',
  venue: { name: 'Southend Police Station', address: 'Victoria Avenue', postcode: 'SS2 6ES' },
};

export const inputOf = (members: Record<string, unknown> = {}) => schema.parse({ ...openDay, ...members });

const schema = eventInput(essex);

export const aDraft = (
  members: Record<string, unknown> = {},
  id = 'open-day',
  now = new Date('2027-01-04T10:00:00Z'),
): Event => draftOf(inputOf(members), id, now);

/** A published event. */
export const anEvent = (
  members: Record<string, unknown> = {},
  id = 'open-day',
  now = new Date('2027-01-04T10:00:00Z'),
): Event => published(aDraft(members, id, now), now);
