import { type AuditedLine, type AuditPage, auditOfEvent, auditOfMonth } from '../../../shared/desk/audit.ts';
import { auditRows } from '../../../shared/desk/audit-rows.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { spreadsheetFile } from '../../../shared/reports/csv.ts';
import { addMonths, monthsBetween } from '../../../shared/reports/months.ts';
import type { ConsoleDeps } from '../deps.ts';
import { historyShown } from '../events/history-shown.ts';
import type { ConsoleRoute, Visit } from '../visit.ts';
import template from './audit.njk';

const PAGE = 50;
/** A year of months can be chosen; older ones by their address, for as long as they are kept. */
const CHOICES = 24;
/** Read at once for a file. */
const SLICE = 200;

/** Who did what to events: of a month, of one officer, or of one event. For supervisors. */
export function auditRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const { force, events, now } = deps;

  async function show({ request, officer, page }: Visit) {
    const asked = askedIn(request, now());
    const found = asked.event
      ? await auditOfEvent(officer, asked.event, deps)
      : await auditOfMonth(officer, { ...asked, limit: PAGE }, deps);
    return page(template, {
      title: 'Audit',
      ...choices(asked),
      officers: asked.event ? [] : officersOf(await events.authors(asked.month), asked.by),
      event: asked.event,
      lines: found.items.map(shown),
      older: found.after && addressOf({ ...asked, after: found.after }),
      csv: addressOf({ ...asked, after: undefined }, '.csv'),
    });
  }

  async function table({ request, officer }: Visit) {
    const asked = askedIn(request, now());
    const lines: AuditedLine[] = [];
    let after: string | undefined;
    do {
      const read: AuditPage = asked.event
        ? await auditOfEvent(officer, asked.event, deps)
        : await auditOfMonth(officer, { ...asked, after, limit: SLICE }, deps);
      lines.push(...read.items);
      after = read.after;
    } while (after !== undefined);
    return spreadsheetFile(`audit-${asked.event ?? asked.month}`, auditRows(lines));
  }

  const shown = (line: AuditedLine) => ({
    ...historyShown(line, force),
    event: line.event,
    href: `/console/events/${line.event.id}`,
    all: addressOf({ month: line.at.slice(0, 7), event: line.event.id }),
    own: addressOf({ month: line.at.slice(0, 7), by: line.by.id }),
  });

  function choices({ month }: Asked) {
    const last = now().toISOString().slice(0, 7);
    const months = [...monthsBetween(addMonths(last, 1 - CHOICES), last), month];
    return {
      months: [...new Set(months)]
        .sort()
        .reverse()
        .map((value) => ({ value, text: monthName(value), selected: value === month })),
      monthName: monthName(month),
    };
  }

  return [
    { method: 'GET', path: '/console/audit', who: 'supervisor', answer: show },
    { method: 'GET', path: '/console/audit.csv', who: 'supervisor', answer: table },
  ];
}

type Asked = { month: string; by?: string; event?: string; after?: string };

/** What is not understood asks for nothing: a list is never an error. */
function askedIn({ query }: HttpRequest, now: Date): Asked {
  const given = (name: string, form: RegExp) => {
    const value = query.get(name) ?? '';
    return form.test(value) ? value : undefined;
  };
  return {
    month: given('month', /^[12]\d{3}-(0[1-9]|1[0-2])$/) ?? now.toISOString().slice(0, 7),
    by: given('officer', /^.{1,200}$/),
    event: given('event', /^[\w-]{1,64}$/),
    after: given('after', /^[\w:.#-]{1,100}$/),
  };
}

function addressOf({ month, by, event, after }: Asked, ending = ''): string {
  const query = new URLSearchParams({
    ...(event ? { event } : { month }),
    ...(by && { officer: by }),
    ...(after && { after }),
  });
  return `/console/audit${ending}?${query}`;
}

const officersOf = (authors: { id: string; name: string }[], by: string | undefined) => [
  { value: '', text: 'Everybody', selected: !by },
  ...authors.map(({ id, name }) => ({ value: id, text: name, selected: id === by })),
];

const monthNames = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthName = (month: string) => monthNames.format(new Date(`${month}-15T12:00Z`));
