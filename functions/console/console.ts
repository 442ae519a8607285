import { httpHandler } from '../../shared/http/http-handler.ts';
import type { ConsoleDeps } from './deps.ts';
import { eventListRoutes } from './events/event-list.ts';
import { eventPageRoutes } from './events/event-page.ts';
import { guarded } from './guard.ts';
import { consolePages, type Place } from './look/pages.ts';
import { problemPage } from './problems/problem.ts';
import { sessionsOf } from './sign-in/sessions.ts';
import { signInRoutes, signOutRoute } from './sign-in/sign-in.ts';
import type { ConsoleRoute } from './visit.ts';

/** A part of the console: its pages, and its place in the navigation if it has one. */
type Section = { place?: Place; routes: (deps: ConsoleDeps) => ConsoleRoute[] };

/** Everything officers can do here. A section is a folder, and a line in this table. */
const sections: Section[] = [
  { place: { text: 'Events', href: '/console' }, routes: eventListRoutes },
  { routes: eventPageRoutes },
];

/** The officers' console. */
export function officersConsole(deps: ConsoleDeps & { edgeProof?: string }) {
  const places = sections.flatMap(({ place }) => place ?? []);
  const pages = consolePages({ ...deps, places });
  const setting = { ...deps, pages, signedIn: sessionsOf(deps) };
  const guard = guarded(setting);
  const routes = [
    pages.files,
    ...signInRoutes(setting),
    guard(signOutRoute(setting)),
    ...sections.flatMap((section) => section.routes(deps).map(guard)),
  ];
  return httpHandler(routes, {
    onError: (error) => problemPage(pages, error),
    edgeProof: deps.edgeProof,
  });
}
