import type { Force } from '../force/force.ts';
import { briefDate, whenBriefly } from '../words/when.ts';
import { SEGMENT, septets, shorten, toGsm7 } from './gsm7.ts';
import { newTime } from './new-time.ts';
import {
  countOf,
  districtName,
  inOrder,
  type NoticeEntry,
  said,
  singleTimes,
  titleOf,
  told,
} from './notice-entry.ts';

export type NoticeText = {
  force: Force;
  origin: string;
  district: string;
  entries: NoticeEntry[];
  stopLink?: string;
};

/** Septets of a title under which a link is worth less than the words it pushes out. */
const LEAST_TITLE = 20;
/** Septets of several titles under which they say nothing. */
const LEAST_TITLES = 12;

/** One bulletin as a text of one GSM-7 segment. */
export function noticeText({ force, origin, district, entries, stopLink }: NoticeText): string {
  const [first, ...others] = inOrder(entries);
  const stop = stopLink ? `Stop: ${stopLink}` : '';
  const page = `${origin}/${district}`;
  if (!first) return [page, stop].filter(Boolean).join(' ');
  if (others.length) return several([first, ...others], districtName(force, district), page, stop);
  const own = `${origin}/events/${first.event.id}`;
  return packed(wordsOf(first), first.what === 'withdrawn' ? [page] : [own, page], stop);
}

/** How many events there are of what, always with the link, and as many titles as fit. */
function several(entries: NoticeEntry[], place: string, page: string, stop: string): string {
  const ending = [page, stop].filter(Boolean).join(' ');
  const room = SEGMENT - septets(ending) - 2;
  const count = toGsm7(countOf(entries, place));
  const titles = toGsm7(entries.map(titleOf).join('; '));
  const some = shorten(titles, room - septets(`${count}: `));
  const ways = [
    ...(septets(some) < LEAST_TITLES ? [] : [`${count}: ${some}`]),
    count,
    `${entries.length} police events`,
  ];
  const words = ways.find((way) => septets(way) <= room);
  return words ? `${ended(words)} ${ending}` : `${shorten(count, SEGMENT - septets(stop) - 2)}. ${stop}`;
}

/** What a text says before and after a title; `after` from best to shortest. */
type TextWords = { before: string; title: string; after: string[] };

function wordsOf(entry: NoticeEntry): TextWords {
  const { event, before } = entry;
  const title = titleOf(entry);
  const known = told(entry);
  const at = `, ${whenBriefly(known)}`;
  const place = known.venue ? [`${at}, ${known.venue.name}`, at] : [at];
  const what = said(entry);
  if (what === 'cancelled') return { before: 'CANCELLED:', title, after: [at] };
  if (what === 'postponed') return { before: 'POSTPONED:', title, after: [at] };
  if (what === 'reminder') return { before: 'Reminder:', title, after: place };
  if (what === 'published' || !before) return { before: 'New police event:', title, after: place };
  const times = singleTimes(entry);
  const [one] = times?.length === 1 ? times : [];
  if (one?.was && !one.now) return { before: 'CANCELLED:', title, after: [`, ${whenBriefly(one.was)}`] };
  const time = one?.was && one.now ? newTime(one.was, one.now, briefDate) : newTime(before, event, briefDate);
  return time
    ? { before: '', title, after: [` has moved ${time}`] }
    : { before: 'Changed:', title, after: place };
}

/** The most words and links that fit: the title whole if it can be, then a link, and always how to stop. */
function packed({ before, title, after }: TextWords, links: string[], stop: string): string {
  const plain = toGsm7(title);
  const start = plain ? `${before} ` : before.replace(/:$/, '');
  const ways = after.flatMap((end) =>
    [...links, ''].map((link) => {
      const ending = [link, stop].filter(Boolean).join(' ');
      const room = SEGMENT - septets(ending) - 2;
      const most = room - septets(toGsm7(`${start}.${end}`)) + 1;
      return { link, ending, end, room, most, title: shorten(plain, most) };
    }),
  );
  const withLink = ways.filter(({ link }) => link);
  const best =
    withLink.find(({ most }) => most >= septets(plain)) ??
    withLink.findLast((way) => septets(way.title) >= LEAST_TITLE) ??
    ways.at(-1);
  if (!best) return stop;
  const words = shorten(toGsm7(`${start}${best.title}${best.end}`), best.room);
  return [ended(words), best.ending].filter(Boolean).join(' ');
}

const ended = (words: string) => (words === '' || /[.!?]$/.test(words) ? words : `${words}.`);
