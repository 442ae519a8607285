import type { Author } from '../events/edit-event.ts';

/** A version of an event that waits for a second person's yes, or that was given back. */
export type Submission = {
  eventId: string;
  /** Any change after it takes it back: another version has no submission. */
  version: number;
  by: Author;
  at: string;
  returned?: { by: Author; at: string; note: string };
};

export const isWaiting = (submission: Submission | undefined): submission is Submission =>
  submission !== undefined && !submission.returned;
