import { causeOf, log } from '../../shared/runtime/log.ts';
import { type HoldDeps, holdOccasions } from './hold-occasions.ts';
import { lookForOptOuts, type OptOutsDeps } from './look-for-opt-outs.ts';
import { type SweepDeps, sweep } from './sweep.ts';

export type TickDeps = SweepDeps &
  HoldDeps &
  OptOutsDeps & { calendars: () => Promise<Date>; counts: () => Promise<Date> };

/**
 * What the minute brings; of its parts none waits for another.
 * @returns until when there is nothing to do, if nobody else writes. For whoever moves a clock: AWS lets every minute
 *   come.
 */
export const tick = (deps: TickDeps) => async (): Promise<{ nothingUntil: string }> => {
  const parts = await Promise.allSettled([
    sweep(deps),
    holdOccasions(deps),
    lookForOptOuts(deps),
    deps.calendars(),
    deps.counts(),
  ]);
  for (const part of parts)
    if (part.status === 'rejected') log.error('a part of the tick failed', causeOf(part.reason));
  const done = parts.flatMap((part) => (part.status === 'fulfilled' ? [part.value] : []));
  if (done.length < parts.length) throw new Error('the tick is not done');
  const next = done.flatMap((at) => (at ? [at.getTime()] : []));
  return { nothingUntil: new Date(Math.min(...next)).toISOString() };
};
