import type { Event } from '../../../shared/events/event.ts';
import type { Force } from '../../../shared/force/force.ts';
import { english } from '../../../shared/words/english.ts';
import { when } from '../../../shared/words/when.ts';
import { audienceWords } from './status-words.ts';

/** An event in rows of a label and lines of text; what it has not got is left out. */
export function factsOf(event: Event, force: Force) {
  const { venue, contact, partners, outcome } = event;
  const rows: [string, (string | undefined)[]][] = [
    ['When', [when(event)]],
    ['Why it is off', [event.reason]],
    ['Who may see it', [audienceWords[event.audience]]],
    ['Kind', [english.kinds[event.kind]]],
    ['Districts', [namesOf(event.districts, force.district)]],
    ['Team', [force.team.get(event.team)?.name ?? event.team]],
    ['Campaign', [event.campaign && (force.campaign.get(event.campaign)?.name ?? event.campaign)]],
    ['Where', [venue?.name, venue?.address, venue?.postcode]],
    ['Access', [venue?.access.map((fact) => english.access[fact]).join(', ')]],
    ['Online', [event.onlineUrl]],
    ['Summary', [event.summary]],
    ['Description', [event.description]],
    ['With', [partners.join(', ')]],
    ['Booking', [event.bookingUrl, event.capacity && `Room for ${event.capacity}`]],
    ['Contact', [contact.name, contact.email, contact.phone]],
    ['Survey', [event.surveyUrl]],
    ['Attendance', [event.attendance?.toString()]],
    ['What people raised', [outcome?.raised]],
    ['What we did', [outcome?.did, outcome && !outcome.isPublished ? '(Residents do not see this yet)' : '']],
    ['Reference', [event.externalId]],
  ].map(([label, lines]) => [label as string, lines as (string | undefined)[]]);
  return rows
    .map(([label, lines]) => ({ label, lines: lines.filter((line) => line !== undefined && line !== '') }))
    .filter(({ lines }) => lines.length);
}

const namesOf = (ids: string[], known: ReadonlyMap<string, { name: string }>) =>
  ids.map((id) => known.get(id)?.name ?? id).join(', ');
