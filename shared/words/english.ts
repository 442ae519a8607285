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
    daily: 'then every day',
    weekly: 'then every week',
    monthly: 'then every month',
    yearly: 'then every year',
    everyDays: (count: number) => `then every ${count} days`,
    everyWeeks: (count: number) => `then every ${count} weeks`,
    everyMonths: (count: number) => `then every ${count} months`,
    otherwise: 'then again on other days',
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

export type Words = typeof english;
