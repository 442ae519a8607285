import { checkedInput } from '../../../shared/desk/checked-input.ts';
import { draftOf } from '../../../shared/events/edit-event.ts';
import { type SeriesDate, seriesDates } from '../../../shared/events/series-dates.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Visit } from '../visit.ts';
import { eventIn } from './input-of.ts';
import { type Values, venueValues } from './values.ts';

type Filled = { values: Values; dates?: SeriesDate[]; error?: unknown };

/** What a button within the form fills in, with all that was typed; nothing where it was the one that saves. */
export async function filledIn(
  values: Values,
  { form, officer }: Visit,
  { venues, force, now }: ConsoleDeps,
): Promise<Filled | undefined> {
  const wanted = form.get('fill');
  if (wanted === 'venue') {
    const found = (await venues.of(officer.districts)).find(({ key }) => key === form.get('venue'));
    return { values: found ? { ...values, ...venueValues(found) } : values };
  }
  if (wanted !== 'dates') return undefined;
  try {
    const input = eventIn({ ...values, title: values.title || 'Untitled' }, checkedInput(force));
    return { values, dates: seriesDates(draftOf(input, 'draft', now()), force.bankHolidays) };
  } catch (error) {
    if (error instanceof Invalid) return { values, error };
    throw error;
  }
}
