import { Conflict } from '../runtime/errors.ts';
import type { Edit } from './edit-event.ts';

/**
 * A transaction of DynamoDB has 100 writes. Of two events each has its own, its version and its line in the audit, a
 * place in the list of the force and in that of each district; and each district may have a change.
 */
const MOST_DISTRICTS = 30;

/** @throws Conflict where two events cannot be kept in one step */
export function expectOneStep(...edits: Edit[]): void {
  const districts = new Set(
    edits.flatMap(({ previous, event }) => [...(previous?.districts ?? []), ...event.districts]),
  );
  if (districts.size > MOST_DISTRICTS)
    throw new Conflict(
      `It is in ${districts.size} districts. At most ${MOST_DISTRICTS} fit into one step that changes some dates and leaves the others: change the dates one by one, or all of them`,
    );
}
