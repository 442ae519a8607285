import { causeOf, log } from '../../shared/runtime/log.ts';
import { type HoldDeps, holdOccasions } from './hold-occasions.ts';
import { type SweepDeps, sweep } from './sweep.ts';

export type TickDeps = SweepDeps & HoldDeps & { calendars: () => Promise<void> };

/** What the minute brings; of its parts none waits for another. */
export const tick = (deps: TickDeps) => async (): Promise<void> => {
  const parts = await Promise.allSettled([sweep(deps), holdOccasions(deps), deps.calendars()]);
  for (const part of parts)
    if (part.status === 'rejected') log.error('a part of the tick failed', causeOf(part.reason));
  if (parts.some(({ status }) => status === 'rejected')) throw new Error('the tick is not done');
};
