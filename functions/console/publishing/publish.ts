import { eventOf } from '../../../shared/desk/event-sight.ts';
import { noticeWords, preview } from '../../../shared/desk/preview.ts';
import { noteGiven, secondPerson } from '../../../shared/desk/second-person.ts';
import { isWaiting } from '../../../shared/desk/submission.ts';
import { published } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { accept } from '../../../shared/http/request.ts';
import { isAtLeast, type Officer } from '../../../shared/identity/officer.ts';
import { Forbidden, Invalid, NotFound, Stale } from '../../../shared/runtime/errors.ts';
import { formErrors } from '../../../shared/views/form-errors.ts';
import { previewPath } from '../../../shared/views/page-preview.ts';
import type { ConsoleDeps } from '../deps.ts';
import { audienceWords } from '../events/status-words.ts';
import { type ConsoleRoute, goTo, type Visit } from '../visit.ts';
import { commanded, type Since } from './commanded.ts';
import { framed } from './framed.ts';
import template from './publish.njk';
import { tellingOf } from './telling.ts';
import { amongUs, entryShown } from './what-they-see.ts';

const noteWords = {
  note: 'Say what to change, in 500 characters or fewer',
  other: 'This cannot be returned',
};

/** Everything an officer sees before an event goes out, and the button; or, where a second person is wanted, theirs. */
export function publishRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const second = secondPerson(deps);
  const asked = ({ request, officer }: Visit) => eventOf(officer, request.params.id ?? '', deps);

  async function show(
    visit: Visit,
    event: Event,
    more: { since?: Since; note?: string; errors?: object[]; fieldErrors?: object } = {},
    status = 200,
  ) {
    const next = published(event, deps.now());
    const [seen, submission, isAllowed] = await Promise.all([
      preview(event, next, deps),
      second.submissionOf(event),
      mayPublish(visit.officer, event),
    ]);
    return visit.page(
      template,
      {
        title: 'Check before you publish',
        event,
        telling: await tellingOf(seen, deps),
        audience: audienceWords[event.audience],
        ...(event.audience === 'public'
          ? {
              isForAll: true,
              page: previewPath(event.id, deps.now(), deps.signing),
              entry: entryShown(next, seen.calendars, deps),
              text: seen.text,
            }
          : { amongUs: amongUs(next, deps) }),
        submission,
        isNeeded: second.isNeeded,
        isSupervisor: isAtLeast(visit.officer, 'supervisor'),
        isAllowed,
        mayReturn: isAllowed && isWaiting(submission),
        maySubmit: second.isNeeded && !isWaiting(submission),
        since: [],
        errors: [],
        fieldErrors: {},
        ...more,
      },
      status,
    );
  }

  async function mayPublish(officer: Officer, event: Event): Promise<boolean> {
    try {
      await second.firstPerson(officer, event, { isAsItWas: true });
      return true;
    } catch (error) {
      if (error instanceof Forbidden) return false;
      throw error;
    }
  }

  const publish = (visit: Visit) =>
    commanded(visit, deps, {
      action: 'publish',
      run: (commands, event) => commands.publish(visit.officer, event),
      again: (event, since) => show(visit, event, { since }, 412),
    });

  /** The version that the officer had before them. @throws Stale */
  async function asRead(visit: Visit): Promise<Event> {
    const event = await asked(visit);
    if (event.version !== Number(visit.form.get('version')))
      throw new Stale('Somebody changed the event meanwhile: look at it again');
    return event;
  }

  async function submit(visit: Visit) {
    const event = await asRead(visit);
    const before = await second.submissionOf(event);
    // Sent twice: the first time was enough.
    if (!(isWaiting(before) && before.by.id === visit.officer.id)) await second.submit(visit.officer, event);
    return goTo(`/console/events/${event.id}/publish`);
  }

  async function giveBack(visit: Visit) {
    const event = await asRead(visit);
    try {
      const { note } = accept(noteGiven, { note: visit.form.get('note') ?? '' });
      await second.giveBack(visit.officer, event, note);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return show(visit, event, { note: visit.form.get('note'), ...formErrors(error, noteWords) }, 422);
    }
    return goTo(`/console/events/${event.id}`);
  }

  async function email(visit: Visit) {
    const event = await asked(visit);
    const words = noticeWords(event, published(event, deps.now()), deps);
    if (!words.email) throw new NotFound('There is no email about this');
    return framed(words.email.html);
  }

  const path = '/console/events/{id}/publish';
  return [
    { method: 'GET', path, answer: async (visit) => show(visit, await asked(visit)) },
    { method: 'POST', path, answer: publish },
    { method: 'GET', path: `${path}/email`, answer: email },
    { method: 'POST', path: '/console/events/{id}/submit', answer: submit },
    { method: 'POST', path: '/console/events/{id}/return', who: 'supervisor', answer: giveBack },
  ];
}
