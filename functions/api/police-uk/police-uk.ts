import * as z from 'zod';
import { type Event, isPublic } from '../../../shared/events/event.ts';
import type { EventStore } from '../../../shared/events/event-store.ts';
import { eventsBetween } from '../../../shared/events/events-between.ts';
import type { Occurrence } from '../../../shared/events/recurrence.ts';
import { addDays } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { json } from '../../../shared/http/response.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { english } from '../../../shared/words/english.ts';
import { type ApiRoute, jsonForm, ok } from '../openapi/operation.ts';

type Deps = { events: Pick<EventStore, 'list'>; force: Force; now: () => Date };

const MOST_EVENTS = 100;
const AHEAD = 549 * 86_400_000;

const policeUkEvent = z.strictObject({
  title: z.string(),
  description: z.string(),
  address: z.string(),
  type: z.string(),
  start_date: z.string(),
  end_date: z.string(),
  contact_details: z.strictObject({ email: z.string().optional(), telephone: z.string().optional() }),
});

/**
 * A neighbourhood's events as data.police.uk serves them: one for each time an event is on. It has no word for what
 * is off, so cancelled and postponed events are not there.
 * @see https://data.police.uk/docs/method/neighbourhood-events/
 */
export const policeUk = ({ events, force, now }: Deps): ApiRoute => ({
  method: 'GET',
  path: '/api/v1/police-uk/{neighbourhood}/events',
  answer: async ({ params: { neighbourhood = '' } }) => {
    const { districts, isTheirs } = areaOf(neighbourhood, force);
    const found = await eventsBetween(events, {
      districts,
      from: now(),
      to: new Date(now().getTime() + AHEAD),
      isVisible: (event) => isPublic(event) && isTheirs(event),
    });
    const items = found
      .flatMap(({ times }) => times)
      .filter(({ event }) => event.status === 'published' || event.status === 'completed')
      .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
      .slice(0, MOST_EVENTS)
      .map(shown);
    return json(200, items, { 'cache-control': 'public, max-age=300' });
  },
  operation: {
    id: 'listPoliceUkEvents',
    summary: 'A district’s or team’s events now and later, as data.police.uk serves them',
    about: 'For machines',
    who: 'anybody',
    answers: [
      ok(
        jsonForm('PoliceUkEvents', z.array(policeUkEvent).max(MOST_EVENTS), [
          {
            title: 'Police station open day',
            description: 'Cells, dogs, drones and a chance to sit in a police car.',
            address: 'Police Station, High Street',
            type: english.kinds['open-day'],
            start_date: '2027-01-30T10:00:00',
            end_date: '2027-01-30T15:00:00',
            contact_details: { email: 'cpt@example.police.uk' },
          },
        ]),
        'At most 100, by start',
        ['Cache-Control'],
      ),
    ],
    problems: [404],
  },
});

/** @throws NotFound */
function areaOf(neighbourhood: string, force: Force) {
  if (force.district.has(neighbourhood)) return { districts: [neighbourhood], isTheirs: () => true };
  const team = force.team.get(neighbourhood);
  if (!team) throw new NotFound('There is no such neighbourhood');
  return { districts: team.districts, isTheirs: (event: Event) => event.team === team.id };
}

function shown({ event, start, end }: Occurrence): z.infer<typeof policeUkEvent> {
  const { title, summary, description, venue, kind, contact, allDay } = event;
  return {
    title,
    description: description || summary,
    address: venue
      ? [venue.name, venue.address, venue.postcode].filter(Boolean).join(', ')
      : event.onlineUrl
        ? english.online
        : '',
    type: english.kinds[kind],
    start_date: allDay ? `${start}T00:00:00` : `${start}:00`,
    // Their dates are inclusive.
    end_date: allDay ? `${addDays(end, -1)}T23:59:00` : `${end}:00`,
    contact_details: {
      ...(contact.email && { email: contact.email }),
      ...(contact.phone && { telephone: contact.phone }),
    },
  };
}
