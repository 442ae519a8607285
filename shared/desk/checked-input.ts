import { eventInput } from '../events/event-input.ts';
import { isInReach, outOfReach } from '../events/reach.ts';
import { recurrenceFaults } from '../events/recurrence-faults.ts';
import type { Force } from '../force/force.ts';

export type CheckedInput = ReturnType<typeof checkedInput>;

/** What an officer may write of an event, its recurrence included. */
export const checkedInput = (force: Force) =>
  eventInput(force).superRefine((event, context) => {
    if (!isInReach(event.start)) {
      context.addIssue({ code: 'custom', message: outOfReach, path: ['start'] });
      return;
    }
    for (const { pointer, message } of recurrenceFaults(event))
      context.addIssue({ code: 'custom', message, path: placeOf(pointer) });
  });

const placeOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
