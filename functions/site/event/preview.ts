import { mayBePublished, published } from '../../../shared/events/edit-event.ts';
import { isPublic } from '../../../shared/events/event.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { previewed } from '../../../shared/views/page-preview.ts';
import type { PersonalPageDeps } from '../deps.ts';
import template from './event.njk';
import { eventContent } from './event-content.ts';

/** The page of an event as it will be once it is published, for the frame in which officers look at it before. */
export function previewRoutes(deps: PersonalPageDeps): Route[] {
  const contentOf = eventContent(deps);
  return [
    {
      method: 'GET',
      path: '/preview/{token}',
      answer: async ({ params }) => {
        const id = previewed(params.token ?? '', deps.now(), deps.signing);
        const event = id && (await deps.events.get(id));
        const next = event && mayBePublished(event) ? published(event, deps.now()) : event;
        if (!next || !isPublic(next)) throw new NotFound('There is no such event');
        return deps.pages.framed(template, await contentOf(next), `/events/${next.id}`);
      },
    },
  ];
}
