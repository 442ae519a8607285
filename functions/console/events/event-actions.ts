import type { Event } from '../../../shared/events/event.ts';
import type { Officer } from '../../../shared/identity/officer.ts';
import { mayHaveOutcome } from '../outcome/outcome.ts';

type Action = { text: string; path: string; isFor: (event: Event, officer: Officer, now: Date) => boolean };

/** What can be done with an event, the likeliest first. Each is a page below the event's own. */
const actions: Action[] = [
  {
    text: 'Check and publish',
    path: 'publish',
    isFor: ({ status }) => status === 'draft' || status === 'postponed',
  },
  { text: 'Change', path: 'edit', isFor: ({ status }) => status !== 'cancelled' },
  { text: 'Copy', path: 'copy', isFor: () => true },
  {
    text: 'Dates of the series',
    path: 'dates',
    isFor: ({ recurrence, status }) => recurrence !== undefined && status === 'published',
  },
  { text: 'Postpone', path: 'postpone', isFor: ({ status }) => status === 'published' },
  { text: 'Cancel', path: 'cancel', isFor: ({ status }) => status === 'published' || status === 'postponed' },
  { text: 'After the event', path: 'outcome', isFor: (event, _officer, now) => mayHaveOutcome(event, now) },
];

export const actionsOn = (event: Event, officer: Officer, now: Date) =>
  actions
    .filter(({ isFor }) => isFor(event, officer, now))
    .map(({ text, path }) => ({ text, href: `/console/events/${event.id}/${path}` }));
