import type { CheckedInput } from '../../../shared/desk/checked-input.ts';
import { eventOf } from '../../../shared/desk/event-sight.ts';
import type { Version } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { type EventInput, writableMembers } from '../../../shared/events/event-input.ts';
import type { ConsoleDeps } from '../deps.ts';
import { instantWords, valueWords } from '../events/history-shown.ts';
import type { Form } from '../form.ts';
import type { Visit } from '../visit.ts';
import { eventIn } from './input-of.ts';
import { saysTheSame } from './says-the-same.ts';
import template from './stale.njk';
import { fieldsOf, type Values } from './values.ts';

type Given = {
  values: Values;
  version: number;
  schema: CheckedInput;
  deps: ConsoleDeps;
};

/**
 * Two officers wrote the same event: both versions side by side, one choice for each member in which they differ.
 * Where only one of them changed it, theirs is chosen; nothing that either wrote is lost.
 */
export async function stalePage(visit: Visit, { values, version, schema, deps }: Given) {
  const { request, officer, page } = visit;
  const current = await eventOf(officer, request.params.id ?? '', deps);
  const mine = picked(eventIn(values, schema, current), current, visit.form);
  const since = (await deps.events.history(current.id)).filter((each) => each.version > version);
  const [latest] = since;
  return page(
    template,
    {
      title: 'Somebody else changed this event',
      event: current,
      by: latest?.by.name,
      at: latest && instantWords(latest.at, deps.force),
      version: current.version,
      fields: fieldsOf(values),
      differences: writableMembers
        .filter((member) => !saysTheSame(mine[member], current[member]))
        .map((member) => ({
          member,
          label: labelOf(member),
          mine: valueWords(mine[member]) || '(nothing)',
          theirs: valueWords(current[member]) || '(nothing)',
          isTheirs: isOnlyTheirs(member, mine, since),
        })),
    },
    412,
  );
}

/** Whether I left the member as it was before the others changed it. */
function isOnlyTheirs(member: keyof EventInput, mine: EventInput, since: Version[]) {
  const first = since.findLast(({ changes }) => changes.some(({ field }) => field === member));
  const change = first?.changes.find(({ field }) => field === member);
  return change !== undefined && saysTheSame(change.before, mine[member]);
}

/** What was written, with the members for which the other's were chosen. */
export function picked(written: EventInput, current: Event, form: Form): EventInput {
  const theirs = writableMembers.filter((member) => form.get(`pick-${member}`) === 'theirs');
  return { ...written, ...Object.fromEntries(theirs.map((member) => [member, current[member]])) };
}

const labels: Partial<Record<keyof EventInput, string>> = {
  onlineUrl: 'Online at',
  bookingUrl: 'Booking',
  surveyUrl: 'Survey',
  externalId: 'Reference',
  allDay: 'All day',
  recurrence: 'Repeats',
};
const labelOf = (member: keyof EventInput) =>
  labels[member] ?? member.charAt(0).toUpperCase() + member.slice(1);
