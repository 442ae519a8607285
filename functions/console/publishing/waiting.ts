import { secondPerson } from '../../../shared/desk/second-person.ts';
import { when } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';
import { instantWords } from '../events/history-shown.ts';
import type { ConsoleRoute } from '../visit.ts';
import template from './waiting.njk';

/** What waits for a supervisor. */
export function waitingRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const second = secondPerson(deps);
  return [
    {
      method: 'GET',
      path: '/console/waiting',
      who: 'supervisor',
      answer: async ({ officer, page }) => {
        const waiting = await second.waitingFor(officer);
        return page(template, {
          title: 'Waiting for approval',
          isNeeded: second.isNeeded,
          waiting: waiting.map(({ event, submission }) => ({
            id: event.id,
            title: event.title,
            when: when(event),
            by: submission.by.name,
            isOwn: submission.by.id === officer.id,
            at: instantWords(submission.at, deps.force),
          })),
        });
      },
    },
  ];
}
