import { permit } from '../../../shared/desk/event-sight.ts';
import { toLocalDate } from '../../../shared/events/zone-time.ts';
import { accept } from '../../../shared/http/request.ts';
import { spreadsheetFile } from '../../../shared/reports/csv.ts';
import { type Dashboard, dashboardOf, lastYear, MOST_MONTHS } from '../../../shared/reports/dashboard.ts';
import { dashboardDistricts, dashboardSpan } from '../../../shared/reports/dashboard-query.ts';
import { dashboardRows } from '../../../shared/reports/dashboard-rows.ts';
import { addMonths, monthsBetween } from '../../../shared/reports/months.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { ConsoleRoute, Visit } from '../visit.ts';
import template from './dashboard.njk';
import { measuresOf } from './measures.ts';

/** Months that can be chosen, back from this one and ahead of it. */
const CHOICES_BACK = 36;
const CHOICES_AHEAD = 12;

/** What came of the events of the officer's districts. */
export function dashboardRoutes({ counters, force, now }: ConsoleDeps): ConsoleRoute[] {
  /** @throws Forbidden for a district that is not the officer's, Invalid for months that make no span */
  async function read({ request, officer }: Visit) {
    const asked = (name: string) => request.query.get(name) || undefined;
    const district = asked('district');
    if (district) permit(officer, [district]);
    const span = accept(dashboardSpan(now(), force.timeZone), { from: asked('from'), to: asked('to') });
    const districts = dashboardDistricts(officer, district);
    return dashboardOf({ ...span, districts }, { counters, force, now: now() });
  }

  async function show(visit: Visit) {
    const { query } = visit.request;
    try {
      const dashboard = await read(visit);
      const { from, to, districts } = dashboard;
      return visit.page(template, {
        title: 'Dashboard',
        ...choices(visit, { from, to }),
        span: from === to ? monthName(from) : `${monthName(from)} to ${monthName(to)}`,
        inDistricts: districts.map((id) => force.district.get(id)?.name ?? id).join(', '),
        isAll: districts.length === force.districts.length,
        figures: figuresOf(dashboard),
        quiet: dashboard.quiet,
        measures: measuresOf(dashboard),
        csv: `/console/dashboard.csv?${new URLSearchParams({ from, to, district: query.get('district') ?? '' })}`,
      });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const year = lastYear(now(), force.timeZone);
      const text = `Choose a first and a last month, at most ${MOST_MONTHS} months`;
      return visit.page(
        template,
        { title: 'Dashboard', ...choices(visit, year), errors: [{ text, href: '#from' }], measures: [] },
        422,
      );
    }
  }

  async function table(visit: Visit) {
    const dashboard = await read(visit);
    return spreadsheetFile(`dashboard-${dashboard.from}-${dashboard.to}`, dashboardRows(dashboard));
  }

  function choices({ request, officer }: Visit, span: { from: string; to: string }) {
    const thisMonth = toLocalDate(now(), force.timeZone).slice(0, 7);
    const months = monthsBetween(addMonths(thisMonth, -CHOICES_BACK), addMonths(thisMonth, CHOICES_AHEAD));
    const monthsFor = (wanted: string) =>
      [...new Set([...months, wanted])].sort().map((value) => ({
        value,
        text: monthName(value),
        selected: value === wanted,
      }));
    const district = request.query.get('district') ?? '';
    return {
      from: monthsFor(span.from),
      to: monthsFor(span.to),
      districts:
        officer.districts.length > 1
          ? [
              { value: '', text: 'All my districts', selected: !district },
              ...officer.districts.map((id) => ({
                value: id,
                text: force.district.get(id)?.name ?? id,
                selected: id === district,
              })),
            ]
          : [],
    };
  }

  return [
    { method: 'GET', path: '/console/dashboard', answer: show },
    { method: 'GET', path: '/console/dashboard.csv', answer: table },
  ];
}

const figuresOf = ({ total }: Dashboard) =>
  [
    ['Events', total.times] as const,
    ['Cancelled', total.cancelled] as const,
    ['People who came', total.attendance] as const,
    ['Emails sent', total.notices.email] as const,
    ['Texts sent', total.notices.sms] as const,
  ].map(([name, figure]) => ({ name, figure: figure.toLocaleString('en-GB') }));

const monthNames = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthName = (month: string) => monthNames.format(new Date(`${month}-15T12:00Z`));
