import type { Clock } from './clock.ts';
import type { Work } from './work.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How finely a jump is walked: long ones coarsely, on whole multiples, so that 17:00 is never stepped over. */
export function stepFor(jumpMs: number) {
  if (jumpMs <= 2 * hour) return minute;
  return jumpMs <= 31 * day ? 15 * minute : hour;
}

/**
 * Where to stop next on the way: the next whole step at which a schedule has something to do, or something that falls
 * due before it.
 */
export function nextStop(
  now: number,
  target: number,
  stepMs: number,
  { dueAt, idleUntil = 0 }: { dueAt?: number; idleUntil?: number },
) {
  const next = Math.floor(now / stepMs) * stepMs + stepMs;
  const whole = Math.max(next, Math.ceil(idleUntil / stepMs) * stepMs);
  const due = dueAt === undefined || dueAt <= now ? whole : dueAt;
  return Math.min(whole, due, target);
}

/** A step that never gets quiet does not hold up the jump for ever. */
const patienceMs = 60_000;

/**
 * Walks the clock to the target. At each stop what fell due is run, and nothing moves on before all that it caused
 * is done.
 * @throws ClockGoesBack
 */
export async function walkTo(
  target: number,
  { clock, work, schedules }: { clock: Clock; work: Work; schedules: Walked },
) {
  if (target < clock.now()) clock.putForwardTo(target);
  const stepMs = stepFor(target - clock.now());
  schedules.onlyAtStops(true);
  try {
    await work.quiet(patienceMs);
    while (clock.now() < target) {
      const stop = nextStop(clock.now(), target, stepMs, {
        dueAt: work.nextDueAt(),
        idleUntil: schedules.idleUntil(),
      });
      if (stop > clock.now()) clock.putForwardTo(stop);
      if (stop % stepMs === 0 || stop === target) schedules.runDue();
      work.startDue();
      await work.quiet(patienceMs);
    }
  } finally {
    schedules.onlyAtStops(false);
    work.changed();
  }
}

/**
 * Puts the clock forward as for a machine that was asleep: what fell due meanwhile comes late, all at once, and what was to
 * come every minute comes once.
 * @throws ClockGoesBack
 */
export async function wakeAt(target: number, { clock, work }: { clock: Clock; work: Work }) {
  await work.quiet(patienceMs);
  clock.putForwardTo(target);
  work.startDue();
  await work.quiet(patienceMs);
}

/** Schedules finer than the steps would make every jump as slow as the hours it skips. */
export type Walked = {
  onlyAtStops: (yes: boolean) => void;
  runDue: () => void;
  /** Until when no run would find anything to do; 0 where that is not known. */
  idleUntil: () => number;
};
