import { createHash } from 'node:crypto';
import type { Event } from '../events/event.ts';
import type { Force } from '../force/force.ts';
import { atomFrame } from './atom.ts';
import { entryOf } from './calendar-entry.ts';
import { calendarFrame } from './calendar-frame.ts';
import { ALL, calendarOf } from './calendar-groups.ts';

/**
 * Differs whenever what is published would: it is what this renderer makes of one event that has everything, and
 * the force's data. No one has to remember to raise it when a template, a library or a zone's rule changes.
 */
export function rendererRevision(force: Force): string {
  const kept = revisions.get(force);
  if (kept) return kept;
  const setting = { force, origin: 'https://events.example' };
  const calendar = calendarOf(ALL, force) ?? { group: ALL, name: '', description: '', page: '/' };
  const { district: _d, team: _t, campaign: _c, ...data } = force;
  const everything = [
    ...['published', 'cancelled', 'postponed'].map((status) =>
      entryOf({ ...probe(force), status: status as Event['status'] }, setting),
    ),
    entryOf({ ...probe(force), description: '' }, setting),
    entryOf(
      { ...probe(force), allDay: true, start: '2027-03-28', end: '2027-03-29', recurrence: undefined },
      setting,
    ),
    calendarFrame(calendar, setting, 'ics', probe(force).updatedAt, 1),
    atomFrame(calendar, setting, undefined, 1),
    data,
  ];
  const revision = createHash('sha256').update(JSON.stringify(everything)).digest('hex').slice(0, 16);
  revisions.set(force, revision);
  return revision;
}

const revisions = new WeakMap<Force, string>();

const probe = (force: Force): Event => ({
  id: '0'.repeat(26),
  version: 2,
  sequence: 1,
  status: 'published',
  audience: 'public',
  title: 'Ask us anything',
  summary: 'A summary.',
  description: 'A description, with "marks"; and\nlines',
  kind: 'drop-in',
  districts: force.districts.slice(0, 2).map(({ id }) => id),
  team: force.teams[0]?.id ?? '',
  campaign: force.campaigns[0]?.id,
  start: '2027-03-21T01:30',
  end: '2027-03-21T02:30',
  timeZone: force.timeZone,
  allDay: false,
  recurrence: {
    rrule: 'FREQ=WEEKLY;COUNT=4',
    exceptions: ['2027-03-28T01:30'],
    overrides: [{ recurrenceId: '2027-04-04T01:30', title: 'Elsewhere', start: '2027-04-04T10:00' }],
  },
  venue: {
    name: 'Hub',
    address: '1 High Street',
    postcode: 'SS2 6ES',
    latitude: 51.5,
    longitude: 0.7,
    access: ['step-free', 'bsl'],
  },
  onlineUrl: 'https://meet.example/a',
  bookingUrl: 'https://book.example/a',
  capacity: 10,
  partners: ['A charity'],
  contact: { name: 'The team', email: 'team@force.example', phone: '101' },
  reason: 'snow',
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T10:00:00.000Z',
  publishedAt: '2026-11-20T10:00:00.000Z',
});
