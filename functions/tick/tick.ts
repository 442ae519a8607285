import { causeOf, log } from '../../shared/runtime/log.ts';
import { type HoldDeps, holdOccasions } from './hold-occasions.ts';
import { type SweepDeps, sweep } from './sweep.ts';

export type TickDeps = SweepDeps & HoldDeps & { calendars: () => Promise<Date> };

/**
 * What the minute brings; of its parts none waits for another.
 * @returns until when there is nothing to do, if nothing is written before. For whoever moves a clock: AWS lets every
 *   minute come.
 */
export const tick = (deps: TickDeps) => async (): Promise<{ nothingUntil: string }> => {
  const parts = await Promise.allSettled([sweep(deps), holdOccasions(deps), deps.calendars()]);
  for (const part of parts)
    if (part.status === 'rejected') log.error('a part of the tick failed', causeOf(part.reason));
  if (parts.some(({ status }) => status === 'rejected')) throw new Error('the tick is not done');
  const nexts = parts.flatMap((part) =>
    part.status === 'fulfilled' && part.value ? [part.value.getTime()] : [],
  );
  return { nothingUntil: new Date(Math.min(...nexts)).toISOString() };
};
