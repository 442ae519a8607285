import { eventCommands, outcomeGiven, youSaidWeDid } from '../../../shared/desk/event-commands.ts';
import { eventOf } from '../../../shared/desk/event-sight.ts';
import type { Event } from '../../../shared/events/event.ts';
import { toInstant } from '../../../shared/events/zone-time.ts';
import { accept } from '../../../shared/http/request.ts';
import { Conflict, Invalid } from '../../../shared/runtime/errors.ts';
import { formErrors } from '../../../shared/views/form-errors.ts';
import type { ConsoleDeps } from '../deps.ts';
import { type ConsoleRoute, goTo, type Visit } from '../visit.ts';
import template from './outcome.njk';

const faultWords = {
  attendance: 'Enter how many people came as a whole number, such as 120',
  notes: 'Your notes must be 5,000 characters or fewer',
  raised: 'What people raised must be 2,000 characters or fewer',
  did: 'What you did must be 2,000 characters or fewer',
  other: 'Check what you wrote',
};

/** All that the form takes, so that all faults are told at once. */
const given = youSaidWeDid.extend(outcomeGiven.partial({ attendance: true }).shape);

/** Whether there is something to say of what came of an event. */
export const mayHaveOutcome = (event: Event, now: Date) =>
  event.publishedAt !== undefined &&
  event.status !== 'cancelled' &&
  toInstant(event.start, event.timeZone) <= now;

/** After an event: how many came, what they raised, and what was done about it. */
export function outcomeRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const commands = eventCommands(deps);
  type Typed = {
    version: string;
    attendance: string;
    notes: string;
    raised: string;
    did: string;
    publish: boolean;
  };

  async function show({ request, officer, page }: Visit) {
    const event = await mine(request.params.id, officer);
    const { raised = '', did = '', isPublished = false } = event.outcome ?? {};
    return page(
      template,
      content(event, {
        version: String(event.version),
        attendance: event.attendance?.toString() ?? '',
        notes: '',
        raised,
        did,
        publish: isPublished,
      }),
    );
  }

  async function save({ request, officer, form, page }: Visit) {
    const before = await mine(request.params.id, officer);
    const typed: Typed = {
      version: form.get('version') ?? '',
      attendance: form.get('attendance') ?? '',
      notes: form.get('notes') ?? '',
      raised: form.get('raised') ?? '',
      did: form.get('did') ?? '',
      publish: form.get('publish') === 'yes',
    };
    try {
      const { attendance, notes, ...said } = accept(given, {
        raised: typed.raised,
        did: typed.did,
        isPublished: typed.publish,
        notes: typed.notes,
        attendance: isOpen(before) && typed.attendance ? wholeNumber(typed.attendance) : undefined,
      });
      let event = await commands.toChange(officer, before.id, [Number(typed.version)]);
      if (attendance !== undefined) event = await commands.complete(officer, event, { attendance, notes });
      if (!isSame(event, said)) await commands.outcome(officer, event, said);
      return goTo(`/console/events/${event.id}`);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return page(template, { ...content(before, typed), ...formErrors(error, faultWords) }, 422);
    }
  }

  async function mine(id = '', officer: Visit['officer']): Promise<Event> {
    const event = await eventOf(officer, id, deps);
    if (mayHaveOutcome(event, deps.now())) return event;
    throw new Conflict('There is nothing to say yet: it was not on, or it has not started');
  }

  const content = (event: Event, typed: Typed) => ({
    title: 'After the event',
    event,
    typed,
    isOpen: isOpen(event),
    isPublic: event.audience === 'public',
  });

  return [
    { method: 'GET', path: '/console/events/{id}/outcome', answer: show },
    { method: 'POST', path: '/console/events/{id}/outcome', answer: save },
  ];
}

/** Whether it is still to be said how many came. */
const isOpen = ({ status }: Event) => status === 'published';

const wholeNumber = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN);

const isSame = ({ outcome }: Event, said: NonNullable<Event['outcome']>) =>
  (outcome?.raised ?? '') === said.raised &&
  (outcome?.did ?? '') === said.did &&
  (outcome?.isPublished ?? false) === said.isPublished;
