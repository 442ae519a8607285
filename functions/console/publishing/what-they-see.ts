import { descriptionOf, placeOf, titleOf } from '../../../shared/calendars/describe-event.ts';
import { renderEvent } from '../../../shared/calendars/render-event.ts';
import type { Preview } from '../../../shared/desk/preview.ts';
import { type Event, withoutSummary } from '../../../shared/events/event.ts';
import { when } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';
import { factsOf } from '../events/facts.ts';

/** What officers keep among themselves. */
const ours = new Set([
  ...['Who may see it', 'Attendance', 'What people raised', 'What we did'],
  ...['Reference', 'Summary', 'Description', 'Survey'],
]);

/** An event as residents would find it in their calendars. */
export const entryShown = (
  next: Event,
  calendars: Preview['calendars'],
  { force, origin }: Pick<ConsoleDeps, 'force' | 'origin'>,
) => ({
  title: titleOf(next),
  when: when(next),
  place: placeOf(next),
  description: descriptionOf(next, `${origin}/events/${next.id}`),
  calendars,
  source: renderEvent(next, { force, origin }),
});

/** What colleagues and partners find of an event that has no page. */
export const amongUs = (event: Event, { force }: Pick<ConsoleDeps, 'force'>) => ({
  facts: factsOf(event, force).filter(({ label }) => !ours.has(label)),
  description: withoutSummary(event),
});
