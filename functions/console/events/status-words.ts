import type { Audience, Status } from '../../../shared/events/event-terms.ts';

export const statusWords: Record<Status, string> = {
  draft: 'Draft',
  published: 'Published',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
  completed: 'Completed',
};

export const audienceWords: Record<Audience, string> = {
  public: 'Everybody',
  partners: 'Partners only',
  internal: 'Colleagues only',
};
