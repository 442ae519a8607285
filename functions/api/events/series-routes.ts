import { eventCommands } from '../../../shared/desk/event-commands.ts';
import { seriesCommands } from '../../../shared/desk/series-commands.ts';
import { occurrenceGiven, splitGiven } from '../../../shared/desk/series-plans.ts';
import { accept } from '../../../shared/http/request.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiRoute } from '../openapi/operation.ts';
import { jsonForm } from '../openapi/operation.ts';
import { changing } from './changing.ts';
import { eventAnswer } from './event-operations.ts';

/** One time of a series, and one with those that follow. All of it is what PUT changes. */
export function seriesRoutes(deps: ApiDeps): ApiRoute[] {
  const commands = seriesCommands(deps);
  const change = changing(deps, eventCommands(deps));
  const problems = [400, 401, 403, 404, 409, 412, 413, 422, 428];
  const common = { about: 'Events', who: 'officer', headers: ['If-Match'], problems } as const;
  return [
    {
      method: 'POST',
      path: '/api/v1/events/{id}/occurrences',
      answer: change((officer, event, request) =>
        commands.changeOne(officer, event, accept(occurrenceGiven, request.json())),
      ),
      operation: {
        ...common,
        id: 'changeOccurrence',
        summary: 'One time of a series: moved, renamed or called off',
        description:
          'Replaces what was said of that time before. With nothing but `recurrenceId` it is again as the others.',
        headers: ['If-Match'],
        problems: [...problems],
        body: {
          forms: [
            jsonForm('Occurrence', occurrenceGiven, {
              recurrenceId: '2027-02-11T10:00',
              start: '2027-02-12T14:00',
            }),
          ],
        },
        answers: [eventAnswer(deps, 'The series as it is now')],
      },
    },
    {
      method: 'POST',
      path: '/api/v1/events/{id}/split',
      answer: change(async (officer, event, request) => {
        const { from, status, reason, ...changed } = accept(splitGiven, request.json());
        const { following } = await commands.changeFollowing(officer, event, from, changed, {
          status,
          reason,
        });
        return following;
      }, 201),
      operation: {
        ...common,
        id: 'splitEvent',
        summary: 'One time of a series and those that follow: from then on they are an event of their own',
        description:
          'The series ends before. What is not sent stays as it was. Residents hear only of what is different for them.',
        headers: ['If-Match'],
        problems: [...problems],
        body: {
          forms: [jsonForm('Split', splitGiven, { from: '2027-02-11T10:00', start: '2027-02-11T14:00' })],
        },
        answers: [
          {
            ...eventAnswer(deps, 'The event that goes on from then; it `continues` the series'),
            status: 201,
            headers: ['ETag', 'Location'],
          },
        ],
      },
    },
  ];
}
