import { setImmediate as settled } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { readResources } from '../../../infra/local/resources.ts';
import { openSchedules } from '../../../infra/local/schedule.ts';
import { templateSchema } from '../../../infra/local/template.ts';

const tick = 'arn:aws:lambda:eu-west-2:000000000000:function:Tick';
const role = 'arn:aws:iam::000000000000:role/Runner';
const resources = readResources(
  templateSchema.parse({
    Resources: {
      EveryMinute: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: { ScheduleExpression: 'rate(1 minute)', Target: { Arn: tick, RoleArn: role } },
      },
    },
  }),
  { stackName: 'tiny', parameters: {}, siteHost: '', wireOrigin: '', issuer: '' },
);
const mayInvoke = new Map([
  [role, [{ Effect: 'Allow' as const, Action: ['lambda:InvokeFunction'], Resource: [tick] }]],
]);
const at = (time: string) => Date.parse(`2027-01-05T${time}Z`);
let now: number;
let runs: number[];
let answer: unknown;
let schedules: ReturnType<typeof openSchedules>;

beforeEach(() => {
  now = at('10:00:30');
  runs = [];
  answer = null;
  const invoke = async () => {
    runs.push(now);
    return answer;
  };
  schedules = openSchedules(resources, { find: () => ({ name: 'Tick', invoke }) }, mayInvoke, () => now);
});

async function run() {
  schedules.runDue();
  await settled();
}

test('a schedule runs at once, and then at whole multiples of its rate', async () => {
  await run();
  await run();
  expect(runs).toEqual([at('10:00:30')]);
  expect(schedules.nextDueAt?.()).toBe(at('10:01:00'));
  now = at('10:03:10');
  await run();
  expect(runs).toHaveLength(2);
  expect(schedules.nextDueAt?.()).toBe(at('10:04:00'));
});

test('what a run says of the time until the next work is believed until somebody else writes', async () => {
  answer = { nothingUntil: '2027-01-05T17:00:00.000Z' };
  await run();
  expect(schedules.idleUntil()).toBe(at('17:00:00'));
  schedules.written('Tick');
  expect(schedules.idleUntil()).toBe(at('17:00:00'));
  schedules.written('Api');
  expect(schedules.idleUntil()).toBe(0);
});

test('what somebody writes during a run the run may not have seen', async () => {
  answer = { nothingUntil: '2027-01-05T17:00:00.000Z' };
  schedules.runDue();
  schedules.written('Api');
  await settled();
  expect(schedules.idleUntil()).toBe(0);
});

test.each([null, 'later', { nothingUntil: 'soon' }])(
  'a run that answers %j says nothing about time',
  async (said) => {
    answer = said;
    await run();
    expect(schedules.idleUntil()).toBe(0);
  },
);
