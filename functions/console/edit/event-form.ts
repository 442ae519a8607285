import type { Event } from '../../../shared/events/event.ts';
import { isPublic } from '../../../shared/events/event.ts';
import type { SeriesDate } from '../../../shared/events/series-dates.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import type { ConsoleDeps } from '../deps.ts';
import { dateShown } from '../events/dates-shown.ts';
import type { Visit } from '../visit.ts';
import { choicesOf } from './choices.ts';
import template from './event-form.njk';
import { faultsShown } from './faults-shown.ts';
import type { Values } from './values.ts';

type Shown = {
  values: Values;
  before?: Event;
  version?: number;
  /** What makes a new draft once, however often it is sent. */
  once?: string;
  dates?: SeriesDate[];
  error?: unknown;
};

/** The one page on which an event is written, with what was typed and what is wrong with it. */
export const eventForm =
  ({ force, now, venues }: Pick<ConsoleDeps, 'force' | 'now' | 'venues'>) =>
  async (visit: Visit, { values, before, version, once, dates, error }: Shown) => {
    const { officer, page } = visit;
    const known = await venues.of(values.districts.length ? values.districts : officer.districts);
    const shown = error instanceof Invalid ? faultsShown(error) : { errors: [], fieldErrors: {} };
    const isDraft = !before || before.status === 'draft';
    return page(
      template,
      {
        title: before ? `Change ${before.title}` : 'New event',
        action: before ? `/console/events/${before.id}/edit` : '/console/events/new',
        back: before ? `/console/events/${before.id}` : '/console',
        values,
        choices: choicesOf(values, { force, officer, now: now(), venues: known, before }),
        version,
        once,
        isDraft,
        isTold: before !== undefined && isPublic(before) && before.status !== 'draft',
        isSeries: before?.recurrence !== undefined,
        hasMore: Object.keys(shown.fieldErrors).some((field) => inMore.has(field)),
        repeats: Boolean(values.repeat),
        asksSchool:
          (values.kind === 'school-visit' && values.audience === 'public') ||
          'schoolAgreed' in shown.fieldErrors,
        dates: dates?.map(dateShown),
        ...shown,
      },
      shown.errors.length ? 422 : 200,
    );
  };

/** Fields that are folded away unless something is wrong with them. */
const inMore = new Set(
  'campaign partners bookingUrl capacity contactName contactEmail contactPhone surveyUrl externalId'.split(
    ' ',
  ),
);
