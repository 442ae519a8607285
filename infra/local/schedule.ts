import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import type { FunctionPool } from './function-pool.ts';
import type { Functions } from './functions.ts';
import { allows } from './permissions.ts';
import type { Statement } from './policy-statements.ts';
import type { Resources } from './resources.ts';
import type { Walked } from './stepping.ts';
import type { WorkSource } from './work.ts';

const schema = z.strictObject({
  Name: z.string().optional(),
  Description: z.unknown().optional(),
  GroupName: z.unknown().optional(),
  FlexibleTimeWindow: z.unknown().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.unknown().optional(),
  State: z.literal('ENABLED').optional(),
  Target: z.strictObject({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: z.unknown().optional(),
    DeadLetterConfig: z.unknown().optional(),
  }),
});

/**
 * What a scheduled function may answer, which AWS ignores: until when it will find nothing to do, if nobody else writes.
 */
const answer = z.object({ nothingUntil: z.iso.datetime().transform((text) => Date.parse(text)) });

/** The template's schedules on the movable clock. Each runs once at the start, then at whole multiples of its rate. */
export function openSchedules(
  resources: Resources,
  functions: { find: (...which: Parameters<Functions['find']>) => Pick<FunctionPool, 'name' | 'invoke'> },
  statements: Map<string, Statement[]>,
  now: () => number,
): WorkSource & Walked & { written: (by: string | undefined) => void } {
  let isWalked = false;
  const schedules = resources.ofType('AWS::Scheduler::Schedule', schema).map(({ logicalId, properties }) => {
    const { Arn, RoleArn, Input } = properties.Target;
    const fn = functions.find(Arn, logicalId);
    if (!allows(statements.get(RoleArn) ?? [], { action: 'lambda:InvokeFunction', resource: Arn }))
      throw new CannotRun(`${logicalId}: its role does not allow lambda:InvokeFunction on ${Arn}`);
    return {
      everyMs: readRate(properties.ScheduleExpression, logicalId),
      nextAt: 0,
      idleUntil: 0,
      writesOfOthers: 0,
      fn,
      input: Input ?? '{}',
    };
  });

  function runDue() {
    for (const schedule of schedules) {
      if (now() < schedule.nextAt) continue;
      schedule.nextAt = Math.floor(now() / schedule.everyMs) * schedule.everyMs + schedule.everyMs;
      void run(schedule);
    }
  }

  async function run(schedule: (typeof schedules)[number]) {
    schedule.idleUntil = 0;
    const others = schedule.writesOfOthers;
    // A failed run is reported by the function; the next one comes by itself.
    const said = await schedule.fn.invoke(JSON.parse(schedule.input)).catch(() => undefined);
    if (others === schedule.writesOfOthers)
      schedule.idleUntil = answer.safeParse(said).data?.nothingUntil ?? 0;
  }

  return {
    busy: () => 0,
    nextDueAt: () =>
      isWalked || schedules.length === 0 ? undefined : Math.min(...schedules.map(({ nextAt }) => nextAt)),
    startDue() {
      if (!isWalked) runDue();
    },
    runDue,
    idleUntil: () => Math.min(...schedules.map(({ idleUntil }) => idleUntil)),
    written(by) {
      for (const schedule of schedules)
        if (schedule.fn.name !== by) {
          schedule.writesOfOthers += 1;
          schedule.idleUntil = 0;
        }
    },
    onlyAtStops(yes) {
      isWalked = yes;
    },
  };
}

const unitsMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @throws CannotRun for a cron expression: this host only keeps rates */
export function readRate(expression: string, logicalId: string) {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const milliseconds = Number(count) * (unitsMs[unit ?? ''] ?? Number.NaN);
  if (!(milliseconds > 0))
    throw new CannotRun(`${logicalId}: the schedule ${expression} cannot be kept on one machine`);
  return milliseconds;
}
