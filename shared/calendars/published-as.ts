import type { Form } from './calendar-groups.ts';

/** How calendars are published, whoever answers for them. */
export const calendarCacheControl = 'public, max-age=300, stale-if-error=86400';

export const contentTypes: Record<Form, string> = {
  ics: 'text/calendar; charset=utf-8',
  google: 'text/calendar; charset=utf-8',
  json: 'application/json; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
};
