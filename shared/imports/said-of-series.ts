import type { Event } from '../events/event.ts';
import type { EventInput } from '../events/event-input.ts';
import { seriesBefore } from '../events/split-series.ts';
import { Conflict } from '../runtime/errors.ts';
import { longDate } from '../words/when.ts';

type Said = { event: EventInput; warning?: string };

/**
 * What a file says of a series that officers have worked on since: a part that goes on as another event is no longer
 * its own, and what a table cannot say of single dates stays as it is.
 * @param saysDays whether the file could say that single dates are off or different
 * @throws Conflict where all that the file says belongs to the other event
 */
export function saidOfSeries(previous: Event, said: EventInput, { saysDays }: { saysDays: boolean }): Said {
  const { continued } = previous;
  const own = continued ? seriesBefore(said, continued.from) : said;
  if (!own)
    throw new Conflict(
      `has no date left before ${longDate(continued?.from ?? '')}, when it goes on as another event: change that one`,
    );
  return {
    event: saysDays ? own : withDaysOf(previous, own),
    warning:
      own === said || !continued
        ? undefined
        : `goes on from ${longDate(continued.from)} as another event, which stays as it is`,
  };
}

/** The single days that are off or different, where the series otherwise takes place on the same days. */
function withDaysOf({ recurrence: kept, start, allDay }: Event, said: EventInput): EventInput {
  const { recurrence } = said;
  const isSameRule = kept && recurrence?.rrule === kept.rrule;
  if (!isSameRule || said.allDay !== allDay || said.start.slice(0, 10) !== start.slice(0, 10)) return said;
  const moved = (local: string) => local.slice(0, 10) + said.start.slice(10);
  return {
    ...said,
    recurrence: {
      rrule: kept.rrule,
      exceptions: kept.exceptions.map(moved),
      overrides: kept.overrides.map((one) => ({ ...one, recurrenceId: moved(one.recurrenceId) })),
    },
  };
}
