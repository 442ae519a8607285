import { needsSecondPerson } from '../../shared/desk/second-person.ts';
import type { Force } from '../../shared/force/force.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { auditRoutes } from './audit/audit.ts';
import { calendarRoutes } from './calendar/calendar.ts';
import { dashboardRoutes } from './dashboard/dashboard.ts';
import type { ConsoleDeps } from './deps.ts';
import { changeDateRoutes } from './edit/change-date.ts';
import { writeEventRoutes } from './edit/write-event.ts';
import { eventListRoutes } from './events/event-list.ts';
import { eventPageRoutes } from './events/event-page.ts';
import { guarded } from './guard.ts';
import { importRoutes } from './import/import.ts';
import { consolePages, type Place } from './look/pages.ts';
import { outcomeRoutes } from './outcome/outcome.ts';
import { problemPage } from './problems/problem.ts';
import { callOffRoutes } from './publishing/call-off.ts';
import { datesRoutes } from './publishing/dates.ts';
import { doneRoutes } from './publishing/done.ts';
import { publishRoutes } from './publishing/publish.ts';
import { waitingRoutes } from './publishing/waiting.ts';
import { sessionsOf } from './sign-in/sessions.ts';
import { signInRoutes, signOutRoute } from './sign-in/sign-in.ts';
import type { ConsoleRoute } from './visit.ts';

/** A part of the console: its pages, and its place in the navigation if it has one. */
type Section = {
  place?: Place;
  /** Whether a force has it in its navigation: every one does, unless it says so. */
  isIn?: (force: Force) => boolean;
  routes: (deps: ConsoleDeps) => ConsoleRoute[];
};

/** Everything officers can do here. A section is a folder, and a line in this table. */
const sections: Section[] = [
  { place: { text: 'Events', href: '/console' }, routes: eventListRoutes },
  // Before the page of one event: `new` is no event's id.
  { routes: writeEventRoutes },
  { routes: changeDateRoutes },
  { routes: eventPageRoutes },
  { place: { text: 'Import', href: '/console/import' }, routes: importRoutes },
  { routes: publishRoutes },
  { routes: callOffRoutes },
  { routes: datesRoutes },
  { routes: doneRoutes },
  {
    place: { text: 'Waiting for approval', href: '/console/waiting', who: 'supervisor' },
    isIn: needsSecondPerson,
    routes: waitingRoutes,
  },
  { routes: outcomeRoutes },
  { place: { text: 'Dashboard', href: '/console/dashboard' }, routes: dashboardRoutes },
  { place: { text: 'Audit', href: '/console/audit', who: 'supervisor' }, routes: auditRoutes },
  { place: { text: 'My calendar', href: '/console/calendar' }, routes: calendarRoutes },
];

/** Everything that an officer who is signed in gets to. */
export const officersRoutes = (deps: ConsoleDeps): ConsoleRoute[] =>
  sections.flatMap((section) => section.routes(deps));

/** The officers' console. */
export function officersConsole(deps: ConsoleDeps & { edgeProof?: string }) {
  const places = sections.flatMap(({ place, isIn }) => (place && (isIn?.(deps.force) ?? true) ? place : []));
  const pages = consolePages({ ...deps, places });
  const setting = { ...deps, pages, signedIn: sessionsOf(deps) };
  const guard = guarded(setting);
  const routes = [...signInRoutes(setting), guard(signOutRoute(setting)), ...officersRoutes(deps).map(guard)];
  return httpHandler(routes, {
    onError: (error) => problemPage(pages, error),
    edgeProof: deps.edgeProof,
  });
}
