import type { Route } from '../../../shared/http/http-handler.ts';
import type { PageDeps } from '../deps.ts';
import template from './about.njk';

/** What a public service must say of itself. */
export const aboutRoutes = ({ pages, force }: PageDeps): Route[] =>
  (['privacy', 'accessibility', 'cookies'] as const).map((name) => ({
    method: 'GET',
    path: `/${name}`,
    answer: (request) => {
      const { title, sections } = pages.words[name];
      return pages.shared(request, template, { title, sections: sections(force.name) });
    },
  }));
