import type { Event } from '../../../shared/events/event.ts';
import type { Page } from './pages.ts';

/** Addresses whose pages are kept, in two or three megabytes. */
const MOST = 40;

/**
 * Pages as they were made last: until the time comes at which they would say something else, the same versions of the
 * same events make the same page. The edge asks every minute whether a page is still the same; mostly it is.
 */
export function keptPages() {
  const kept = new Map<string, { of: string; until: Date; page: Page }>();

  return function keep(
    address: string,
    { items, cursor }: { items: Event[]; cursor?: string },
    now: Date,
    make: () => { page: Page; until: Date },
  ): Page {
    const of = [...items.map(({ id, version }) => `${id} ${version}`), cursor].join();
    const found = kept.get(address);
    if (found?.of === of && now < found.until) return found.page;
    const made = make();
    kept.delete(address);
    kept.set(address, { of, ...made });
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    return made.page;
  };
}
