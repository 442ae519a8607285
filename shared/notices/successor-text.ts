import type { Force } from '../force/force.ts';
import { SEGMENT, septets, shorten, toGsm7 } from './gsm7.ts';
import { districtName } from './notice-entry.ts';

/** By text, that a district ended and which one the subscription is for from now on. */
export function successorText({
  force,
  origin,
  from,
  to,
  stopLink,
}: {
  force: Force;
  origin: string;
  from: string;
  to: string;
  stopLink: string;
}): string {
  const [before, now] = [districtName(force, from), districtName(force, to)].map(toGsm7);
  const stop = `Stop: ${stopLink}`;
  const ways = [
    `${before} is now part of ${now}. We will text you about police events there. ${origin}/${to}`,
    `${before} is now part of ${now}. We will text you about police events there.`,
    `${before} is now part of ${now}.`,
  ];
  const room = SEGMENT - septets(stop) - 1;
  const words = ways.find((way) => septets(way) <= room) ?? shorten(ways.at(-1) ?? '', room);
  return `${words} ${stop}`;
}
