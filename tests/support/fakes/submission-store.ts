import type { Submission } from '../../../shared/desk/submission.ts';
import { revisionOf, type SubmissionStore } from '../../../shared/desk/submission-store.ts';
import { Stale } from '../../../shared/runtime/errors.ts';

/** Submissions in memory. */
export function fakeSubmissionStore(): SubmissionStore {
  const kept = new Map<string, Submission>();
  return {
    find: async (eventId) => kept.get(eventId),
    keep: async (submission, before) => {
      const now = kept.get(submission.eventId);
      if ((now && revisionOf(now)) !== (before && revisionOf(before))) throw new Stale('somebody was first');
      kept.set(submission.eventId, submission);
    },
    end: async (eventId) => {
      kept.delete(eventId);
    },
    all: async () => [...kept.values()].sort((one, other) => one.at.localeCompare(other.at)),
  };
}
