export const kinds = [
  'open-day',
  'school-visit',
  'street-meet',
  'drop-in',
  'talk',
  'crime-prevention',
  'community-meeting',
  'patrol',
  'online',
  'other',
] as const;
export const audiences = ['public', 'partners', 'internal'] as const;
export const statuses = ['draft', 'published', 'postponed', 'cancelled', 'completed'] as const;
export const accessFacts = ['step-free', 'hearing-loop', 'bsl', 'parking', 'toilets'] as const;

export type Kind = (typeof kinds)[number];
export type Audience = (typeof audiences)[number];
export type Status = (typeof statuses)[number];

export const MAX_DAYS = 31;
