import {
  calendarMadeAt,
  privateCalendarPath,
  replaceCalendar,
} from '../../../shared/identity/known-officers.ts';
import type { ConsoleDeps } from '../deps.ts';
import { instantWords } from '../events/history-shown.ts';
import type { ConsoleRoute, Visit } from '../visit.ts';
import template from './calendar.njk';

/** The officer's own calendar: its address is shown as it is made, once, as whoever knows it reads the calendar. */
export function calendarRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const { force, origin } = deps;

  const districtsOf = ({ officer }: Visit) =>
    officer.districts.length === force.districts.length
      ? force.name
      : officer.districts.map((id) => force.district.get(id)?.name ?? id).join(', ');

  async function show(visit: Visit) {
    const madeAt = await calendarMadeAt(visit.officer, deps);
    return visit.page(template, {
      title: 'My calendar',
      districts: districtsOf(visit),
      madeAt: madeAt && instantWords(madeAt, force),
    });
  }

  /** Answered at once, not after a redirect: the address stands nowhere else. */
  async function make(visit: Visit) {
    const address = `${origin}${privateCalendarPath(await replaceCalendar(visit.officer, deps))}`;
    return visit.page(template, {
      title: 'My calendar',
      districts: districtsOf(visit),
      address,
      webcal: address.replace(/^https?:/, 'webcal:'),
    });
  }

  return [
    { method: 'GET', path: '/console/calendar', answer: show },
    { method: 'POST', path: '/console/calendar', answer: make },
  ];
}
