import type { Force } from '../force/force.ts';
import { listed } from '../words/listed.ts';
import { renderEmail } from './email.ts';
import { canStop, endOf, type HolderLinks } from './end-of-email.ts';
import { districtName } from './notice-entry.ts';

type Standing = { force: Force; origin: string; links: HolderLinks };

/** After a long silence: that there was nothing to tell, and not that something broke. */
export function stillSubscribedEmail({
  force,
  origin,
  districts,
  links,
}: Standing & { districts: string[] }) {
  const places = listed(districts.map((district) => districtName(force, district)));
  return renderEmail({
    subject: `You are still signed up for police events in ${places}`,
    heading: 'You are still signed up',
    paragraphs: [
      `We have not written to you for a while. There was no news of police events in ${places}.`,
      'We will write when there is news. There is nothing you need to do.',
    ],
    more: pagesOf(force, origin, districts),
    ...endOf(force, `You asked to hear about police events in ${places}. ${canStop}`, links),
  });
}

/** That a district ended and which one the subscription is for from now on. */
export function successorEmail({ force, origin, from, to, links }: Standing & { from: string; to: string }) {
  const [before, now] = [districtName(force, from), districtName(force, to)];
  return renderEmail({
    subject: `${before} is now part of ${now}`,
    heading: `${before} is now part of ${now}`,
    paragraphs: [
      `Councils have changed. From now on we will tell you about police events in ${now}.`,
      'If you added a calendar, it still works. There is nothing you need to do.',
    ],
    more: pagesOf(force, origin, [to]),
    ...endOf(force, `You asked to hear about police events in ${before}. ${canStop}`, links),
  });
}

const pagesOf = (force: Force, origin: string, districts: string[]) =>
  districts.map((district) => ({
    text: `All police events in ${districtName(force, district)}`,
    href: `${origin}/${district}`,
  }));
