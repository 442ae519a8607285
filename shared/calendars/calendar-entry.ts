import type { Event } from '../events/event.ts';
import { endsForGood, instants } from '../events/recurrence.ts';
import { atomEntry } from './atom.ts';
import { eventJson } from './event-json.ts';
import { differsForGoogle, renderEvent, type Setting } from './render-event.ts';

/** An event as it is kept for its calendars: rendered once, in each form they are published in. */
export type Entry = {
  id: string;
  version: number;
  updatedAt: string;
  startsAt: string;
  /** When its last occurrence ends; nothing where it repeats for ever. */
  endsAt?: string;
  ics: string;
  /** Only where Google needs another. */
  google?: string;
  json: string;
  atom: string;
};

export const entryOf = (event: Event, setting: Setting): Entry => ({
  id: event.id,
  version: event.version,
  updatedAt: event.updatedAt,
  startsAt: instants(event).startsAt.toISOString(),
  endsAt: endsForGood(event)?.toISOString(),
  ics: renderEvent(event, setting),
  google: differsForGoogle(event) ? renderEvent(event, setting, 'google') : undefined,
  json: eventJson(event, setting),
  atom: atomEntry(event, setting),
});
