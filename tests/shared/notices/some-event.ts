import type { Moment } from '../../../shared/bulletins/change.ts';
import { momentOf } from '../../../shared/bulletins/change.ts';
import type { Event } from '../../../shared/events/event.ts';
import essex from '../../../shared/force/essex.json' with { type: 'json' };
import { parseForce } from '../../../shared/force/read-force.ts';

export const force = parseForce(essex);
export const origin = 'https://events.essex.example';
export const manageToken = '01KXYZ0123456789.AbCdEfGhIjKlMnOp';
export const links = {
  manage: `${origin}/subscriptions/${manageToken}`,
  unsubscribe: `${origin}/unsubscribe/${manageToken}`,
};
export const stopLink = `${origin}/u/${manageToken}`;

export const someEvent = (members: Partial<Event> = {}): Event => ({
  id: '01KA0000000000000000000001',
  version: 2,
  sequence: 0,
  status: 'published',
  audience: 'public',
  title: 'Coffee with a copper – “it’s good to talk”',
  summary: 'Café, 10–11.30am: naïve questions welcome; free tea ☕',
  description: 'Come and talk to us.',
  kind: 'street-meet',
  districts: ['harlow'],
  team: 'harlow-cpt',
  start: '2027-01-26T18:00',
  end: '2027-01-26T19:30',
  timeZone: 'Europe/London',
  allDay: false,
  venue: {
    name: 'Harvey Centre',
    address: 'Broad Walk, Harlow',
    postcode: 'CM20 1XR',
    access: ['step-free', 'parking'],
  },
  partners: ['Harlow Council'],
  contact: { name: 'Harlow CPT' },
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
  publishedAt: '2026-11-20T09:00:00.000Z',
  ...members,
});

export const known = (event: Event): Moment => {
  const moment = momentOf(event);
  if (!moment) throw new Error('not public');
  return moment;
};
