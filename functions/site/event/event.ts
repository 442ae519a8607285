import { isPublic } from '../../../shared/events/event.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import type { PageDeps } from '../deps.ts';
import template from './event.njk';
import { eventContent } from './event-content.ts';

/** The page of one event. */
export function eventRoutes(deps: PageDeps): Route[] {
  const contentOf = eventContent(deps);
  return [
    {
      method: 'GET',
      path: '/events/{id}',
      answer: async (request) => {
        const event = await deps.events.get(request.params.id ?? '');
        if (!event || !isPublic(event)) throw new NotFound('There is no such event');
        return deps.pages.shared(request, template, await contentOf(event));
      },
    },
  ];
}
