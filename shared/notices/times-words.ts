import type { ChangedTime, OneTime } from '../events/changed-times.ts';
import { longDate, when } from '../words/when.ts';
import { newPlace, newTime } from './new-time.ts';
import { sentence } from './sentence.ts';

/** More than these are counted, not told. */
const MOST_TOLD = 10;

/** `It is cancelled on Thursday 1 April 2027, 10am to midday. Reason: Easter.` */
export function timesWords(times: ChangedTime[]): string[] {
  const more = times.length - MOST_TOLD;
  return [
    ...times.slice(0, MOST_TOLD).map(timeWords),
    ...(more > 0 ? [`${more} more ${more === 1 ? 'day has' : 'days have'} changed.`] : []),
  ];
}

function timeWords(time: ChangedTime): string {
  const { was, now, reason } = time;
  if (was && now) return [movedWords(was, now), why(reason)].filter(Boolean).join(' ');
  if (was) return [`It is cancelled on ${when(was)}.`, why(reason)].filter(Boolean).join(' ');
  return now ? `It is on again on ${when(now)}.` : '';
}

function movedWords(was: OneTime, now: OneTime): string {
  const time = newTime(was, now);
  const place = newPlace(was, now);
  if (!time) return place ? `${longDate(now.start)}: ${place}` : `It now ends at another time: ${when(now)}.`;
  return [`One time has moved ${time}.`, place].filter(Boolean).join(' ');
}

const why = (reason: string | undefined) => reason && sentence(`Reason: ${reason}`);
