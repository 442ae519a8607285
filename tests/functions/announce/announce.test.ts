import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { announce } from '../../../functions/announce/announce.ts';
import type { Change } from '../../../shared/bulletins/change.ts';
import { changesBetween } from '../../../shared/bulletins/change.ts';
import { topicMessage } from '../../../shared/bulletins/topic-message.ts';
import { cancelled, edit } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { RunningImportStore } from '../../../shared/imports/running-import-store.ts';
import type { Outgoing } from '../../../shared/runtime/queue.ts';
import { anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { fakeRunningImportStore } from '../../support/fakes/running-import-store.ts';
import { fakeWindowStore } from '../../support/fakes/window-store.ts';

const noon = new Date('2027-01-05T12:00:00Z');
let at: Date;
let ids: number;
let changes: Change[];
let queued: Record<'settle' | 'email' | 'sms', Outgoing[]>;
let published: PublishCommand['input'][];
let isDown: boolean;
let handler: ReturnType<typeof announce>;
let events: ReturnType<typeof fakeEventStore>;
let imports: RunningImportStore;

beforeEach(() => {
  at = noon;
  ids = 0;
  changes = [];
  queued = { settle: [], email: [], sms: [] };
  published = [];
  isDown = false;
  events = fakeEventStore();
  imports = fakeRunningImportStore(() => at);
  const queue = (name: keyof typeof queued) => ({
    send: async (messages: Outgoing[]) => {
      queued[name].push(...messages);
    },
  });
  const sns = {
    send: async (command: unknown) => {
      if (isDown) throw new Error('SNS is down');
      if (command instanceof PublishCommand) published.push(command.input);
      return {};
    },
  };
  const bulletins = fakeBulletinStore();
  handler = announce({
    windows: fakeWindowStore(bulletins, changes),
    bulletins,
    imports,
    events,
    settle: queue('settle'),
    deliver: { email: queue('email'), sms: queue('sms') },
    sns: sns as SNSClient,
    topicPrefix: 'arn:aws:sns:eu-west-2:1:streetmeet-',
    pace: { settleSeconds: 120, timeZone: 'Europe/London' },
    force: essex,
    origin: 'https://events.example',
    now: () => at,
    newId: () => `bulletin-${ids++}`,
  });
});

async function happens(previous: Event | undefined, event: Event, importId?: string) {
  const options = { now: at, newId: () => `change-${ids++}`, importId };
  await events.save(edit(previous, event, { by: { id: 'a', name: 'A' }, action: 'edit', ...options }));
  const made = changesBetween(previous, event, options);
  changes.push(...made);
  return handler({ Records: made.map((change) => record({ type: 'change', change })) });
}
const record = (image: Record<string, unknown>): DynamoDBRecord => ({
  dynamodb: {
    SequenceNumber: `n${ids++}`,
    NewImage: marshall(image, { removeUndefinedValues: true }) as never,
  },
});
const message = (body: unknown) =>
  handler({ Records: [{ messageId: 'm', body: JSON.stringify(body) }] } as SQSEvent);
const settle = (district = 'southend') => message({ district });
const later = (seconds: number) => {
  at = new Date(at.getTime() + seconds * 1000);
};

describe('changes of a district', () => {
  test('are told together when the window closes, and once', async () => {
    await happens(undefined, anEvent({ title: 'One' }, 'one'));
    await happens(undefined, anEvent({ title: 'Two' }, 'two'));
    expect(queued.settle).toEqual([
      { body: { district: 'southend' }, delaySeconds: 120 },
      { body: { district: 'southend' }, delaySeconds: 120 },
    ]);
    await settle();
    expect(published).toEqual([]);
    later(120);
    await settle();
    await settle();
    expect(published).toHaveLength(1);
    expect(changes).toEqual([]);
    const { default: machines, email, sms } = JSON.parse(published[0]?.Message ?? '');
    expect(topicMessage.parse(JSON.parse(machines)).events.map(({ now }) => now?.title)).toEqual([
      'One',
      'Two',
    ]);
    expect(email).toContain('Two');
    expect(sms.length).toBeLessThanOrEqual(160);
    expect(published[0]).toMatchObject({
      TopicArn: 'arn:aws:sns:eu-west-2:1:streetmeet-southend',
      MessageAttributes: { change: { StringValue: '["published"]' }, kind: { StringValue: '["open-day"]' } },
    });
  });

  test('that cancel each other out are told to nobody', async () => {
    const event = anEvent();
    await happens(undefined, event);
    await happens(event, cancelled(event, 'Flood', at));
    later(120);
    await settle();
    expect(published).toEqual([]);
    expect(changes).toEqual([]);
  });

  test('to an event within 24 hours are looked at without delay', async () => {
    await happens(undefined, anEvent({ start: '2027-01-05T18:00', end: '2027-01-05T19:00' }));
    expect(queued.settle).toEqual([{ body: { district: 'southend' }, delaySeconds: 0 }]);
    await settle();
    expect(published).toHaveLength(1);
  });

  test('at night wait for the tick of the morning', async () => {
    at = new Date('2027-01-05T23:00:00Z');
    await happens(undefined, anEvent());
    expect(queued.settle).toEqual([]);
    at = new Date('2027-01-06T08:00:00Z');
    await settle();
    expect(published).toHaveLength(1);
  });

  test('reach every district of the event', async () => {
    await happens(undefined, anEvent({ districts: ['southend', 'harlow'] }));
    later(120);
    await settle('southend');
    await settle('harlow');
    expect(published.map(({ TopicArn }) => TopicArn?.split('-').at(-1))).toEqual(['southend', 'harlow']);
  });
});

describe('an import', () => {
  const row = (name: string) => happens(undefined, anEvent({ title: name }, name), 'week');
  /** The queue brings every look that has fallen due. */
  const looks = async () => {
    const waiting = queued.settle.splice(0);
    for (const _each of waiting) await settle();
  };
  const titles = () =>
    published.map(({ Message }) =>
      topicMessage
        .parse(JSON.parse(JSON.parse(Message ?? '').default))
        .events.map(({ now }) => now?.title)
        .join(),
    );

  test('that is slower than the settle window is one bulletin', async () => {
    await imports.goesOn('week');
    await row('one');
    for (let slices = 0; slices < 4; slices++) {
      later(119);
      await imports.goesOn('week');
      later(1);
      await looks();
    }
    await row('two');
    await imports.isOver('week');
    expect(published).toEqual([]);
    later(120);
    await looks();
    expect(titles()).toEqual(['one,two']);
  });

  test('that was killed is told as far as it came, two minutes later', async () => {
    await row('one');
    later(60);
    await imports.goesOn('week');
    later(60);
    await looks();
    expect(published).toEqual([]);
    expect(queued.settle).toEqual([{ body: { district: 'southend' }, delaySeconds: 60 }]);
    later(60);
    await looks();
    expect(titles()).toEqual(['one']);
  });

  test('holds up nothing but itself', async () => {
    await imports.goesOn('week');
    await row('one');
    later(100);
    await imports.goesOn('week');
    await happens(undefined, anEvent({ title: 'two' }, 'two'));
    later(120);
    await imports.goesOn('week');
    await looks();
    expect(titles()).toEqual(['two']);
  });
});

test('a bulletin whose publishing failed is published when it comes again', async () => {
  await happens(undefined, anEvent());
  later(120);
  isDown = true;
  const answer = await settle();
  expect(answer.batchItemFailures).toHaveLength(1);
  isDown = false;
  const stored = `bulletin-${ids - 1}`;
  await message({ bulletin: stored });
  await message({ bulletin: stored });
  expect(published).toHaveLength(1);
});

test('a confirmation goes to the queue of its channel', async () => {
  await handler({ Records: [record({ type: 'confirmation', id: 'x', channel: 'sms' })] });
  expect(queued.sms).toEqual([{ body: { confirmation: 'x' }, overtakes: true }]);
  expect(queued.email).toEqual([]);
});

test('a record that cannot be read is given back alone, after those before it were heard', async () => {
  const bad = record({ type: 'change' });
  const answer = await handler({
    Records: [record({ type: 'confirmation', id: 'x', channel: 'email' }), bad],
  });
  expect(queued.email).toHaveLength(1);
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: bad.dynamodb?.SequenceNumber }]);
});

test('a queue message that says nothing is given back', async () => {
  expect((await message({ nonsense: true })).batchItemFailures).toHaveLength(1);
});
