import { beforeEach, describe, expect, test } from 'vitest';
import { receipts } from '../../../functions/receipts/receipts.ts';
import type { Health } from '../../../shared/bulletins/health-store.ts';

let sent: string[];
let ended: string[];
let health: Health;
let paused: string[];
beforeEach(() => {
  sent = [];
  ended = [];
  health = { standing: 'going', sent: 499, bounced: 0, complained: 0 };
  paused = [];
});

const take = receipts({
  notices: {
    markSent: async (bulletin, subscription) => void sent.push(`${bulletin} ${subscription}`),
    areSent: async (rows) =>
      rows.map(({ bulletin, subscription }) => sent.includes(`${bulletin} ${subscription}`)),
  },
  subscribers: { end: async (id, reason) => void ended.push(`${id} ${reason}`) },
  health: {
    note: async (_bulletin, _subscription, failure) => void health[failure]++,
    health: async () => health,
    pause: async () => {
      const isFirst = health.standing === 'going';
      health.standing = 'paused';
      return isFirst;
    },
  },
  paused: (bulletin) => paused.push(bulletin),
});

const batch = (...bodies: unknown[]) => ({
  Records: bodies.map((body, place) => ({
    messageId: `message ${place}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    receiptHandle: '',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'eu-west-2',
  })),
});

const tags = { bulletin: ['b1'], subscription: ['s1'], 'ses:configuration-set': ['set'] };
const event = (eventType: string, more = {}, mail = {}) => ({
  eventType,
  mail: {
    timestamp: '2027-01-04T10:00:00Z',
    messageId: 'm1',
    destination: ['ann@example.com'],
    tags,
    ...mail,
  },
  ...more,
});
const bounce = (bounceType: string) => ({
  bounce: { bounceType, bounceSubType: 'General', bouncedRecipients: [{ emailAddress: 'ann@example.com' }] },
});

test.each(['Send', 'Delivery'])('%s says that the notice was sent', async (type) => {
  expect(await take(batch(event(type, { [type.toLowerCase()]: {} })))).toEqual({ batchItemFailures: [] });
  expect(sent).toEqual(['b1 s1']);
  expect(ended).toEqual([]);
});

test('what is known already is not written again', async () => {
  await take(batch(event('Send')));
  await take(batch(event('Delivery')));
  expect(sent).toEqual(['b1 s1']);
});

test('a hard bounce ends the subscription', async () => {
  await take(batch(event('Bounce', bounce('Permanent'))));
  expect(ended).toEqual(['s1 bounced']);
});

test('a hard bounce of an e-mail in place of a text ends the subscription of the address', async () => {
  await take(
    batch(
      event('Bounce', bounce('Permanent'), { tags: { ...tags, subscription: ['phone'], standIn: ['s2'] } }),
    ),
  );
  expect(sent).toEqual(['b1 phone']);
  expect(ended).toEqual(['s2 bounced']);
});

test.each(['Transient', 'Undetermined'])('a bounce that is %s does not', async (type) => {
  await take(batch(event('Bounce', bounce(type))));
  expect(ended).toEqual([]);
});

test('a complaint ends the subscription', async () => {
  await take(batch(event('Complaint', { complaint: { complaintFeedbackType: 'abuse' } })));
  expect(ended).toEqual(['s1 complained']);
});

test('a rejected e-mail was not sent', async () => {
  await take(batch(event('Reject', { reject: { reason: 'Bad content' } })));
  expect(sent).toEqual([]);
});

test('a confirmation was sent, and has no subscription to end', async () => {
  await take(batch(event('Bounce', bounce('Permanent'), { tags: { confirmation: ['c1'] } })));
  expect(sent).toEqual(['confirmation c1']);
  expect(ended).toEqual([]);
});

test('an e-mail of somebody else changes nothing', async () => {
  await take(batch(event('Send', {}, { tags: undefined }), event('Complaint', {}, { tags: {} })));
  expect([...sent, ...ended]).toEqual([]);
});

test('what cannot be read is given back alone', async () => {
  const answer = await take(batch(event('Delivery'), 'no JSON', { eventType: 'Send' }, event('Complaint')));
  expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
    'message 1',
    'message 2',
  ]);
  expect(sent).toEqual(['b1 s1', 'b1 s1']);
  expect(ended).toEqual(['s1 complained']);
});

describe('a bulletin of 500 or more', () => {
  const complaint = event('Complaint', { complaint: { complainedRecipients: [] } });

  test('stops at the first bounce over 4 %, and says so once', async () => {
    health = { standing: 'going', sent: 500, bounced: 19, complained: 0 };
    await take(batch(event('Bounce', bounce('Permanent'))));
    expect(paused).toEqual([]);
    await take(batch(event('Bounce', bounce('Permanent'))));
    await take(batch(event('Bounce', bounce('Permanent'))));
    expect(paused).toEqual(['b1']);
  });

  test('stops over 0.08 % complaints', async () => {
    health = { standing: 'going', sent: 2500, bounced: 0, complained: 1 };
    await take(batch(complaint));
    expect(paused).toEqual([]);
    await take(batch(complaint));
    expect(paused).toEqual(['b1']);
  });

  test('that a person let go on is not stopped again', async () => {
    health = { standing: 'resumed', sent: 500, bounced: 400, complained: 9 };
    await take(batch(complaint));
    expect(paused).toEqual([]);
  });
});

test('a smaller bulletin is not stopped', async () => {
  health.bounced = 400;
  await take(batch(event('Bounce', bounce('Permanent'))));
  expect(paused).toEqual([]);
});
