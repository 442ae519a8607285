import { expect, it } from 'vitest';
import { ofType, synthesised } from '../support/synthesised.ts';

type Alarm = { AlarmDescription: string; AlarmActions: unknown[]; Dimensions?: { Value: unknown }[] };

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
  expect(letters).toHaveLength(6);
  for (const { id } of letters) expect(watched).toContain(id);
});
