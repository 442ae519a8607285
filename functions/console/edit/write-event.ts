import { checkedInput } from '../../../shared/desk/checked-input.ts';
import { eventCommands } from '../../../shared/desk/event-commands.ts';
import { eventOf } from '../../../shared/desk/event-sight.ts';
import type { Event } from '../../../shared/events/event.ts';
import { type EventInput, writableMembers } from '../../../shared/events/event-input.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { Conflict, Invalid, Stale } from '../../../shared/runtime/errors.ts';
import type { ConsoleDeps } from '../deps.ts';
import { donePath } from '../publishing/commanded.ts';
import { askBeforeTelling } from '../publishing/telling-question.ts';
import { type ConsoleRoute, goTo, type Visit } from '../visit.ts';
import { autosaved, isAutosave, refused } from './autosave.ts';
import { eventForm } from './event-form.ts';
import { filledIn } from './fill-in.ts';
import { eventIn } from './input-of.ts';
import { saysTheSame } from './says-the-same.ts';
import { picked, stalePage } from './stale.ts';
import { noValues, typedIn, type Values, valuesOf } from './values.ts';

/** Writing an event on one page: a new one, a copy, or what is there. */
export function writeEventRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const { force, newId } = deps;
  const commands = eventCommands(deps);
  const schema = checkedInput(force);
  const form = eventForm(deps);

  const blank = ({ officer }: Visit): Values => {
    const districts = officer.districts.length === 1 ? officer.districts : [];
    return noValues({ districts, team: teamOf(districts) });
  };

  /** The team of a district: the one that answers for the fewest others besides. */
  const teamOf = ([district]: string[]) =>
    force.teams
      .filter(({ districts }) => district !== undefined && districts.includes(district))
      .sort((one, other) => one.districts.length - other.districts.length)[0]?.id ?? '';

  /** Everything but when it is, and what only the first is called. */
  async function copyOf(id: string, visit: Visit): Promise<Values> {
    const event = await eventOf(visit.officer, id, deps);
    const cleared = { date: '', lastDay: '', repeat: '', on: [], endsOn: '', endsAfter: '', externalId: '' };
    return { ...valuesOf(event, force), ...cleared };
  }

  async function begin(visit: Visit) {
    const copied = visit.request.query.get('copy');
    const values = copied ? await copyOf(copied, visit) : blank(visit);
    return form(visit, { values, once: newId() });
  }

  async function change(visit: Visit) {
    const event = await eventOf(visit.officer, visit.request.params.id ?? '', deps);
    return form(visit, { values: valuesOf(event, force), before: event, version: event.version });
  }

  async function create(visit: Visit): Promise<HttpResponse> {
    const values = typedIn(visit.form);
    const once = visit.form.get('once') ?? newId();
    const filled = await filledIn(values, visit, deps);
    if (filled) return form(visit, { ...filled, once });
    // The same form once more, when its first answer was lost or somebody went back: with what was typed since.
    const made = await commands.madeWith(visit.officer, once);
    if (made) return save(visit, made, 1);
    try {
      const input = eventIn(values, schema);
      return kept(await commands.create(visit.officer, input, once), visit);
    } catch (error) {
      return notKept(error, visit, () => form(visit, { values, once, error }));
    }
  }

  async function replace(visit: Visit): Promise<HttpResponse> {
    const before = await eventOf(visit.officer, visit.request.params.id ?? '', deps);
    return save(visit, before, Number(visit.form.get('version')));
  }

  /** @param version that the officer had before them */
  async function save(visit: Visit, before: Event, version: number): Promise<HttpResponse> {
    const { officer } = visit;
    const values = typedIn(visit.form);
    const filled = await filledIn(values, visit, deps);
    if (filled) return form(visit, { ...filled, before, version });
    try {
      if (isAutosave(visit) && before.status !== 'draft')
        throw new Conflict('It is no longer a draft: press Save to change it');
      const written = eventIn(values, schema, before);
      const input = picked(written, before, visit.form);
      // Whoever says what is so already has said it before, and the answer was lost.
      if (isSame(before, input)) return kept(before, visit);
      const event = await commands.toChange(officer, before.id, [version]);
      const decided = await askBeforeTelling(visit, event, input, deps);
      if ('question' in decided) return decided.question;
      const next = await commands.replace(officer, event, input, decided.reason);
      return kept(next, visit, decided.isTold ? donePath(next) : undefined);
    } catch (error) {
      return notKept(error, visit, () =>
        error instanceof Stale
          ? stalePage(visit, { values, version, schema, deps })
          : form(visit, { values, before, version, error }),
      );
    }
  }

  const isSame = (event: Event, input: EventInput) =>
    writableMembers.every((member) => saysTheSame(event[member], input[member]));

  function kept(event: Event, visit: Visit, to?: string): HttpResponse {
    if (isAutosave(visit)) return autosaved(event);
    const next = visit.form.get('next') === 'publish' ? '/publish' : '?saved=yes';
    return goTo(to ?? `/console/events/${event.id}${next}`);
  }

  async function notKept(error: unknown, visit: Visit, page: () => HttpResponse | Promise<HttpResponse>) {
    if (isAutosave(visit)) return refused(error);
    if (error instanceof Invalid || error instanceof Stale) return page();
    throw error;
  }

  return [
    { method: 'GET', path: '/console/events/new', answer: begin },
    { method: 'POST', path: '/console/events/new', answer: create },
    {
      method: 'GET',
      path: '/console/events/{id}/copy',
      answer: ({ request }) =>
        goTo(`/console/events/new?${new URLSearchParams({ copy: request.params.id ?? '' })}`),
    },
    { method: 'GET', path: '/console/events/{id}/edit', answer: change },
    { method: 'POST', path: '/console/events/{id}/edit', answer: replace },
  ];
}
