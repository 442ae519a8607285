import * as z from 'zod';
import type { Event } from '../../../shared/events/event.ts';
import { writable } from '../../../shared/events/event-input.ts';
import { audiences, statuses } from '../../../shared/events/event-terms.ts';
import type { Force } from '../../../shared/force/force.ts';
import { shown } from './show-event.ts';

const { audience: _audience, timeZone: _timeZone, contact, ...members } = writable.shape;
const instant = z.iso.datetime();

/** An event as it is answered. */
export const shownEvent = z.strictObject({
  id: z.string(),
  version: z.int().meta({ description: 'Rises with each edit; the ETag' }),
  sequence: z.int().meta({ description: 'Rises when start, end, recurrence, venue or status change' }),
  status: z.enum(statuses),
  audience: z.enum(audiences),
  ...members,
  timeZone: z.string(),
  contact: contact.unwrap(),
  reason: z
    .string()
    .optional()
    .meta({ description: 'Why it is cancelled or postponed, as the public reads it' }),
  attendance: z.int().optional(),
  outcome: z
    .strictObject({ raised: z.string(), did: z.string(), isPublished: z.boolean() })
    .optional()
    .meta({ description: 'You said, we did. Until it is published only officers of its districts see it' }),
  createdAt: instant,
  updatedAt: instant,
  publishedAt: instant.optional(),
  continues: z
    .array(z.string())
    .optional()
    .meta({ description: 'Of a series that was split: the events it was part of, oldest first' }),
  continued: z
    .strictObject({ id: z.string(), from: z.string() })
    .optional()
    .meta({ description: 'Of a series that was split: the event that goes on, and from which local start' }),
  url: z.url(),
  calendarUrl: z.url(),
});

export type Setting = { force: Force; origin: string };

/** What an officer of the force might send. */
export function exampleInput({ force }: Setting) {
  const [district] = force.districts;
  const team = force.teams.find(({ districts }) => districts.includes(district?.id ?? ''));
  return {
    title: `${district?.name} Police Station open day`,
    summary: 'Cells, dogs, drones and a chance to sit in a police car.',
    kind: 'open-day',
    districts: [district?.id],
    team: team?.id,
    start: '2027-01-30T10:00',
    end: '2027-01-30T15:00',
    venue: {
      name: `${district?.name} Police Station`,
      address: 'High Street',
      access: ['step-free', 'toilets'],
    },
    capacity: 600,
  };
}

/** That event, published. */
export function exampleEvent(setting: Setting) {
  const input = writable.parse(exampleInput(setting));
  const event: Event = {
    id: '01ktxn5ev4d7f0q1g9w2zj8m3c',
    version: 2,
    sequence: 0,
    status: 'published',
    ...input,
    audience: 'public',
    timeZone: setting.force.timeZone,
    contact: { name: setting.force.team.get(input.team)?.name ?? setting.force.name },
    createdAt: '2027-01-04T10:00:00.000Z',
    updatedAt: '2027-01-05T09:30:00.000Z',
    publishedAt: '2027-01-05T09:30:00.000Z',
  };
  return shown(event, setting.origin);
}
