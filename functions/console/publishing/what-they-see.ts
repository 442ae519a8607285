import { descriptionOf, placeOf, titleOf } from '../../../shared/calendars/describe-event.ts';
import { renderEvent } from '../../../shared/calendars/render-event.ts';
import type { Preview } from '../../../shared/desk/preview.ts';
import type { Event } from '../../../shared/events/event.ts';
import { when } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';
import { factsOf } from '../events/facts.ts';

/** What officers keep among themselves. */
const ours = new Set([
  ...['Who may see it', 'Attendance', 'What people raised', 'What we did'],
  ...['Reference', 'Summary', 'Description', 'Survey'],
]);

/** An event as residents would find it: on its page, in their calendars, and in what is sent to them. */
export function whatTheySee(
  next: Event,
  { calendars, text }: Pick<Preview, 'calendars' | 'text'>,
  { force, origin }: Pick<ConsoleDeps, 'force' | 'origin'>,
) {
  return {
    page: {
      title: next.title,
      summary: next.summary,
      facts: factsOf(next, force).filter(({ label }) => !ours.has(label)),
      description: next.description.startsWith(next.summary)
        ? next.description.slice(next.summary.length).trim()
        : next.description,
    },
    entry: {
      title: titleOf(next),
      when: when(next),
      place: placeOf(next),
      description: descriptionOf(next, `${origin}/events/${next.id}`),
      calendars,
      source: renderEvent(next, { force, origin }),
    },
    email: text.email,
    sms: text.sms,
  };
}
