import { type Kind, kinds } from '../../../shared/events/event-terms.ts';
import type { PageDeps } from '../deps.ts';
import { calendarOf } from '../look/calendar-links.ts';
import { inScript } from '../look/structured-data.ts';
import { monthOf, monthsFrom } from './month.ts';
import { weekOf } from './week.ts';

/** What tells what stands around one list of a district from what stands around another. */
export type Shown = {
  title: string;
  district: { id: string; name: string };
  hasDays: boolean;
  /** Nothing of the past, which cannot be searched. */
  search?: {
    today: string;
    kind?: Kind;
    month?: string;
    /** All that there is something in. */
    months: string[];
    /** How often something takes place on a date. */
    counts: Record<string, number>;
    isFromToday: boolean;
  };
  /** Where the list goes on. */
  later?: string;
};

/** All that follows from it: the ways to the calendar, the week or the month, the choices. */
export const around =
  ({ force, origin, pages: { words } }: Pick<PageDeps, 'force' | 'origin' | 'pages'>) =>
  ({ district: { id, name }, search }: Shown) => ({
    description: `${words.district.title(name)}: ${force.name}`,
    successor: force.district.get(force.district.get(id)?.successor ?? ''),
    calendar: calendarOf(origin, id),
    nameInScript: inScript(name),
    ...(search && {
      week: search.isFromToday ? weekOf(search.counts, search.today, words) : undefined,
      month: search.month && monthOf(search.month, search.counts, search.today, words),
      filter: {
        isOn: Boolean(search.kind || search.month),
        kinds: [
          { value: '', text: words.district.allKinds },
          ...kinds.map((each) => ({ value: each, text: words.kinds[each], selected: each === search.kind })),
        ],
        months: [{ value: '', text: words.district.allMonths }, ...monthsFrom(search, words)],
      },
    }),
  });
