/** What residents read about an event, on pages and in messages. A second language is a file like this one. */
export const english = {
  htmlLang: 'en',
  locale: 'en-GB',
  to: 'to',
  allDay: 'all day',
  midday: 'midday',
  midnight: 'midnight',
  and: 'and',
  online: 'Online',
  repeats: {
    days: (every: number) =>
      every === 1 ? 'every day' : every === 2 ? 'every other day' : `every ${every} days`,
    workdays: 'every weekday',
    weeks: (every: number, days: string) =>
      every === 1 ? `every ${days}` : every === 2 ? `every other ${days}` : `every ${every} weeks on ${days}`,
    dates: (every: number, date: number) => `${everyMonths(every)} on the ${ordinal(date)}`,
    weekdays: (every: number, nth: Nth, day: string) =>
      `${everyMonths(every)} on the ${{ '-1': 'last', 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth' }[nth]} ${day}`,
    years: (every: number) => (every === 1 ? 'every year' : `every ${every} years`),
    otherwise: 'again on other days',
    until: (date: string) => ` until ${date}`,
    times: (count: number) => `, ${count} ${count === 1 ? 'time' : 'times'} in all`,
    later: (rule: string) => `then ${rule}`,
  },
  kinds: {
    'open-day': 'Open day',
    'school-visit': 'School visit',
    'street-meet': 'Street meet',
    'drop-in': 'Drop-in',
    talk: 'Talk',
    'crime-prevention': 'Crime prevention',
    'community-meeting': 'Community meeting',
    patrol: 'Patrol',
    online: 'Online event',
    other: 'Other event',
  },
  access: {
    'step-free': 'Step-free access',
    'hearing-loop': 'Hearing loop',
    bsl: 'British Sign Language interpreter',
    parking: 'Parking',
    toilets: 'Toilets',
  },
};

/** Which of its weekday in a month, -1 for the last. */
export type Nth = -1 | 1 | 2 | 3 | 4 | 5;

const everyMonths = (every: number) => (every === 1 ? 'every month' : `every ${every} months`);

/** `1st`, `22nd` */
const ordinal = (count: number) =>
  `${count}${{ one: 'st', two: 'nd', few: 'rd' }[plural.select(count) as string] ?? 'th'}`;
const plural = new Intl.PluralRules('en-GB', { type: 'ordinal' });

export type Words = typeof english;
