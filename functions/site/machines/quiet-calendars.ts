import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  type Calendar,
  calendarOf,
  type Form,
  groupAt,
  ownerOf,
  pathOf,
} from '../../../shared/calendars/calendar-groups.ts';
import { windowAt } from '../../../shared/calendars/calendar-window.ts';
import { frameOf } from '../../../shared/calendars/frame-of.ts';
import { calendarCacheControl, contentTypes } from '../../../shared/calendars/published-as.ts';
import { isPublic } from '../../../shared/events/event.ts';
import { kinds } from '../../../shared/events/event-terms.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import type { Opened } from '../deps.ts';

type Deps = Pick<Opened, 'events' | 'force' | 'origin' | 'now'>;

/**
 * Calendars on which nothing has ever been: the edge asks here for what is not in the bucket. A calendar that lacks
 * its objects for another reason is never called empty, because phones would drop what they have.
 */
export const quietCalendarRoutes = (deps: Deps): Route[] => [
  { method: 'GET', path: '/calendars/{proxy+}', answer: (request) => quietCalendar(request, deps) },
];

async function quietCalendar(request: HttpRequest, deps: Deps): Promise<HttpResponse> {
  const { isZipped, calendar, form } = asked(request, deps);
  if (await hasEvents(calendar, deps))
    return {
      status: 503,
      headers: { 'retry-after': '5', 'cache-control': 'no-store' },
      body: 'Not there yet\n',
    };
  const { before, after } = frameOf(form, calendar, deps);
  const plain = Buffer.from(before + after);
  const body = isZipped ? await zip(plain) : plain;
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const headers = { 'cache-control': calendarCacheControl, etag, 'last-modified': BEFORE_ANY };
  if (request.header('if-none-match')?.includes(etag)) return { status: 304, headers };
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': contentTypes[form],
      ...(isZipped && { 'content-encoding': 'gzip' }),
    },
    body,
  };
}

const zip = promisify(gzip);

/** Older than any event, so that whoever has this gets the first one. */
const BEFORE_ANY = 'Thu, 01 Jan 2026 00:00:00 GMT';

/** @throws NotFound where the force has no such calendar */
function asked({ params }: HttpRequest, { force }: Deps) {
  const path = `calendars/${params.proxy}`;
  const isZipped = path.endsWith('.gz');
  const key = path.replace(/\.gz$/, '');
  const group = groupAt(key);
  const calendar = ownerOf(group) ? undefined : calendarOf(group, force);
  const form = calendar?.forms.find((one: Form) => pathOf(group, one) === key);
  if (!calendar || !form) throw new NotFound('There is no such calendar');
  return { isZipped, calendar, form };
}

/** Whether anything stands, or stood in the last two years, on a calendar: then its objects ought to be there. */
async function hasEvents({ group }: Calendar, { events, force, now }: Deps): Promise<boolean> {
  const [first = '', second] = group.split('/');
  const { to } = windowAt(now(), force.timeZone);
  const { items } = await events.list({
    ...(first === 'campaigns' && { campaign: second }),
    ...(force.district.has(first) && { district: first, kind: kinds.find((kind) => kind === second) }),
    startsFrom: new Date(now().getTime() - TWO_YEARS),
    startsBefore: new Date(to),
    isVisible: isPublic,
    limit: 1,
  });
  return items.length > 0;
}

const TWO_YEARS = 730 * 86_400_000;
