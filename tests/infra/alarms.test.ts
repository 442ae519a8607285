import { expect, it } from 'vitest';
import { ofType, synthesised } from '../support/synthesised.ts';

type Alarm = {
  MetricName: string;
  AlarmDescription: string;
  AlarmActions: unknown[];
  Dimensions?: { Value: unknown }[];
};

const template = synthesised({ alarmEmail: 'operators@force.example' });
const alarms = ofType<Alarm>(template, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);

it('each alarm says who is hurt and wakes somebody up', () => {
  for (const alarm of alarms) {
    expect(alarm.AlarmDescription).toMatch(/residents|officers|calendars|people|reminders/i);
    expect(alarm.AlarmActions).toHaveLength(1);
  }
});

it('every dead-letter queue is watched', () => {
  const watched = JSON.stringify(alarms.map(({ Dimensions }) => Dimensions));
  const letters = ofType(template, 'AWS::SQS::Queue').filter(({ id }) => id.includes('DeadLetters'));
  expect(letters).toHaveLength(9);
  for (const { id } of letters) expect(watched).toContain(id);
});

it('alarms may publish to the operators', () => {
  const policies = ofType<{ PolicyDocument: { Statement: object[] }; Topics: object[] }>(
    template,
    'AWS::SNS::TopicPolicy',
  );
  const [operators] = policies.filter(({ properties }) =>
    JSON.stringify(properties.Topics).includes('AlarmsOperators'),
  );
  expect(operators?.properties.PolicyDocument.Statement).toContainEqual(
    expect.objectContaining({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
    }),
  );
});

it('a record that is given up is not given up in silence', () => {
  const given = alarms.filter((alarm) => alarm.MetricName === 'OnFailureDestinationDeliveredEventCount');
  expect(given).toHaveLength(2);
});

it.each(['TextBudgetUsedUp', 'BulletinsPaused'])('%s is an alarm on what a function counts', (name) => {
  const [alarm, ...others] = alarms.filter(({ MetricName }) => MetricName === name);
  expect(others).toEqual([]);
  expect(alarm?.Dimensions).toMatchObject([{ Value: { Ref: expect.stringContaining('Delivering') } }]);
});
