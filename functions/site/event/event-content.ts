import { type Event, forResidents, isPublic, withoutSummary } from '../../../shared/events/event.ts';
import { endsForGood, occurrences } from '../../../shared/events/recurrence.ts';
import { clock, longDate, when } from '../../../shared/words/when.ts';
import type { PageDeps } from '../deps.ts';
import type { Content } from '../look/pages.ts';
import { embedded, eventData } from '../look/structured-data.ts';
import { addToCalendar } from './add-to-calendar.ts';
import { shareLinks } from './share-links.ts';

const YEAR = 366 * 86_400_000;

/** What the page of an event shows: what residents need to decide to go, and to get there. */
export function eventContent({ pages, events, force, origin, now }: PageDeps) {
  const { words } = pages;

  async function contentOf(event: Event): Promise<Content> {
    const previousStart = await movedFrom(event);
    const url = `${origin}/events/${event.id}`;
    const times = event.recurrence ? timesToCome(event) : [];
    const last = endsForGood(event);
    const later = await goesOnAs(event);
    return {
      title: event.title,
      description: event.summary || undefined,
      event,
      isOff: event.status === 'cancelled' || event.status === 'postponed',
      isOver: last !== undefined && last <= now(),
      when: when(event, words),
      movedFrom: previousStart && startWords(previousStart, words),
      text: withoutSummary(event),
      next: times
        .slice(0, 6)
        .map(({ event: then }) => ({ when: when(then, words), isOff: then.status === 'cancelled' })),
      goesOn: later && {
        from: longDate(event.continued?.from ?? '', words),
        title: later.title,
        href: `/events/${later.id}`,
      },
      place: event.venue && [event.venue.name, event.venue.address, event.venue.postcode].filter(Boolean),
      map: mapOf(event),
      access: event.venue?.access.map((fact) => ({ fact, text: words.access[fact] })),
      isOnline: event.onlineUrl !== undefined || event.kind === 'online',
      kind: words.kinds[event.kind],
      team: force.team.get(event.team)?.name,
      campaign: force.campaign.get(event.campaign ?? ''),
      outcome: forResidents(event).outcome,
      districts: event.districts.flatMap((id) => force.district.get(id) ?? []),
      add: addToCalendar(event, url, origin),
      share: shareLinks(`${event.title}, ${when(event, words)}`, url),
      data: embedded(
        eventData(
          event,
          { force, origin, picture: pages.picture },
          {
            previousStart,
            next: times.find(({ event: then }) => then.status !== 'cancelled') ?? times[0],
          },
        ),
      ),
    };
  }

  /** The event that goes on where its series was split, if residents may see that one. */
  async function goesOnAs({ continued }: Event): Promise<Event | undefined> {
    const later = continued && (await events.get(continued.id));
    return later && isPublic(later) ? later : undefined;
  }

  /** Where it started before, for one that moved after residents knew of it. */
  async function movedFrom(event: Event): Promise<string | undefined> {
    if (!event.sequence || event.status !== 'published') return undefined;
    const moves = (await events.history(event.id))
      .filter(({ at, action }) => at > (event.publishedAt ?? '') && action !== 'publish')
      .flatMap(({ changes }) => changes.filter(({ field }) => field === 'start'));
    const previous = moves[0]?.before;
    return typeof previous === 'string' && previous !== event.start ? previous : undefined;
  }

  const timesToCome = (event: Event) => occurrences(event, now(), new Date(now().getTime() + YEAR));

  return contentOf;
}

const startWords = (start: string, words: PageDeps['pages']['words']) =>
  start.length === 10 ? longDate(start, words) : `${longDate(start, words)}, ${clock(start, words)}`;

function mapOf({ venue }: Event): string | undefined {
  if (!venue) return undefined;
  if (venue.latitude !== undefined && venue.longitude !== undefined)
    return `https://www.openstreetmap.org/?mlat=${venue.latitude}&mlon=${venue.longitude}#map=17/${venue.latitude}/${venue.longitude}`;
  const query = [venue.address || venue.name, venue.postcode].filter(Boolean).join(', ');
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(query)}`;
}
