import { changesBetween, momentOf, type What, whatHappened } from '../../../shared/bulletins/change.ts';
import { reasonGiven } from '../../../shared/desk/event-commands.ts';
import { type Preview, preview } from '../../../shared/desk/preview.ts';
import { revised } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { EventInput } from '../../../shared/events/event-input.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Visit } from '../visit.ts';
import { tellingOf } from './telling.ts';
import template from './telling-question.njk';

/** What an officer decided about an edit: nothing yet, and here is the page that asks; or to go on, and why it moves. */
export type Decision = { question: HttpResponse } | { isTold: boolean; reason?: string };

const titles: Partial<Record<What, string>> = {
  moved: 'Tell residents that this event moves?',
  withdrawn: 'Take this event from residents?',
  published: 'Show this event to residents?',
};
const missing = 'Say why in 500 characters or fewer, as residents will read it';

/**
 * Asks before an edit that residents will be told of: why it moves, in the public's words, with who is told, what it
 * costs and what they will read. The page carries the whole form on, so that nothing typed is lost without JavaScript.
 */
export async function askBeforeTelling(
  visit: Visit,
  event: Event,
  input: EventInput,
  deps: ConsoleDeps,
): Promise<Decision> {
  const { form, page, request } = visit;
  const typed = form.get('moveReason')?.replace(/\s+/g, ' ');
  const next = revised(event, input, deps.now(), typed);
  const what = whatHappened(momentOf(event), momentOf(next));
  const { now, newId } = deps;
  if (!what || !changesBetween(event, next, { now: now(), newId }).length) return { isTold: false };
  const isMove = what === 'moved';
  const given = reasonGiven.safeParse({ reason: typed ?? '' });
  const isDecided = form.get('decided') === 'yes';
  const isLooking = form.get('look') === 'yes';
  if (isDecided && !isLooking && (!isMove || given.success))
    return { isTold: true, ...(isMove && { reason: given.data?.reason }) };
  const fault = isDecided && isMove && !given.success ? { text: missing } : undefined;
  return { question: page(template, await content(await preview(event, next, deps)), fault ? 422 : 200) };

  async function content(seen: Preview) {
    return {
      title: titles[what as What] ?? 'Tell residents of this change?',
      event,
      action: request.path,
      fields: form.fields.filter(([name]) => !own.has(name)),
      isMove,
      reason: typed,
      text: seen.text,
      telling: await tellingOf(seen, deps),
      errors: fault ? [{ ...fault, href: '#moveReason' }] : [],
      fieldErrors: fault ? { moveReason: fault } : {},
    };
  }
}

/** What the page itself asks, and what no form carries on. */
const own = new Set(['form-token', 'moveReason', 'decided', 'look', 'next']);
