import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Publication } from '../../infra/local/topic-log.ts';
import { topicMessage } from '../../shared/bulletins/topic-message.ts';
import { type RunningHost, startHost } from '../support/host.ts';
import { officerAt } from '../support/officer.ts';
import { residentAt } from '../support/resident.ts';

/** What a month's money buys: a twentieth of it is kept for what cannot wait. */
const TEXTS = 30;
const PENCE_A_TEXT = 3.2;

let host: RunningHost;
let admin: ReturnType<typeof officerAt>;
beforeAll(async () => {
  host = await startHost({
    settings: { SETTLE_SECONDS: '1', SMS_RATE: '3', SMS_MONTHLY_BUDGET_PENCE: String(TEXTS * PENCE_A_TEXT) },
    now: new Date('2027-01-20T10:00:00Z'),
  });
  admin = officerAt(host.url, await host.token('admin'));
}, 90_000);
afterAll(() => host?.stop());

const atNumber = (n: number) => residentAt(host.url, 'sms', `+4477009001${String(n).padStart(2, '0')}`);
type Resident = ReturnType<typeof residentAt>;

const texts = async () => (await host.messages({ channel: 'sms' })).map(({ text }) => text);
const addressesOf = async (words: string) =>
  (await host.messages({ channel: 'sms' })).filter(({ text }) => text.includes(words)).map(({ to }) => to);
const textsOf = async (words: string) => (await addressesOf(words)).length;

describe('a council’s machine on a district’s topic', () => {
  const heard = async (district: string) =>
    (await (await host.get(`/_local/topics?district=${district}`)).json()) as Publication[];
  /** As a queue gets it. */
  const read = ({ texts: { default: text = '' } }: Publication) => topicMessage.parse(JSON.parse(text));

  test('hears what residents may know, in words for people too, and nothing else', async () => {
    const talk = await admin.publish({ title: 'Fraud talk', kind: 'talk', districts: ['maldon', 'harlow'] });
    await admin.publish({ title: 'Briefing', audience: 'partners', districts: ['maldon'] });
    await host.settled();
    const [told, ...more] = await heard('maldon');
    if (!told) throw new Error('nothing was heard');
    expect(more).toEqual([]);
    expect(await heard('harlow')).toHaveLength(1);
    expect(await heard('southend')).toEqual([]);
    expect(read(told)).toMatchObject({
      version: 1,
      district: 'maldon',
      events: [{ id: talk.id, change: 'published', now: { title: 'Fraud talk', kind: 'talk' } }],
    });
    expect(told.attributes).toMatchObject({ district: 'maldon' });
    expect(told.texts.email).toContain('Fraud talk');
    expect(told.texts.sms).toMatch(/^.{1,160}$/s);
    expect(told.texts.sms).toContain('Fraud talk');
  });

  test('hears of a cancellation, and of no mended comma', async () => {
    const market = await admin.publish({ title: 'Market stal', districts: ['maldon'] });
    await host.settled();
    const before = (await heard('maldon')).length;
    const mended = await admin.edit(market, { title: 'Market stall' });
    await host.settled();
    expect(await heard('maldon')).toHaveLength(before);
    await admin.cancel(mended, 'The market is closed');
    await host.settled();
    const news = (await heard('maldon')).slice(before).map(read);
    expect(news.map(({ events }) => events)).toMatchObject([
      [
        {
          id: market.id,
          change: 'cancelled',
          now: { title: 'Market stall', reason: 'The market is closed' },
        },
      ],
    ]);
  });
});

describe('where texts are slow and money is short', () => {
  /** Twelve people with phones. */
  let crowd: Resident[];

  test('a cancellation overtakes announcements that wait', async () => {
    const often = { frequency: 'immediately' };
    crowd = Array.from({ length: 12 }, (_, n) => atNumber(n));
    await Promise.all([
      ...crowd.map((each) => each.subscribe(['southend'], often)),
      atNumber(99).subscribe(['rochford'], often),
    ]);
    const surgery = await admin.publish({ title: 'Surgery', districts: ['rochford'] });
    await host.settled();
    await admin.publish({ title: 'Open day', districts: ['southend'] });
    await expect.poll(() => textsOf('Open day'), { timeout: 30_000 }).toBeGreaterThan(0);
    await admin.cancel(surgery, 'The hall is flooded');
    await host.settled();
    const order = (await texts()).flatMap((text) => /Open day|CANCELLED/.exec(text)?.[0] ?? []);
    expect(order).toHaveLength(crowd.length + 1);
    expect(order.indexOf('CANCELLED'), order.join()).toBeLessThan(order.length - 2);
  });

  test('a month’s money buys so many texts, and who has an email address gets that instead', async () => {
    const [one] = crowd;
    if (!one) throw new Error('there is no crowd');
    const ann = residentAt(host.url, 'email', 'ann@example.com');
    await standsIn(ann, one);
    const today = { start: '2027-01-20T18:00', end: '2027-01-20T19:00' };
    const last = await admin.publish({ title: 'Last one', districts: ['southend'], ...today });
    await host.settled();
    await admin.publish({ title: 'No money', districts: ['southend'] });
    await host.settled();
    // Thirteen codes, one text of the surgery and its cancellation, twelve of the open day: one more, and two are kept.
    expect(await textsOf('Last one')).toBe(1);
    expect(await textsOf('No money')).toBe(0);
    expect((await ann.notices()).map(({ subject }) => subject)).toContainEqual(
      expect.stringContaining('No money'),
    );
    expect(operatorsWere('TextBudgetUsedUp')).toBe(1);

    await admin.cancel(last, 'Strong wind');
    await host.settled();
    // Whoever heard of it, by text or instead of a text, and nobody else.
    const heard = await addressesOf('New police event: Last one');
    if ((await ann.notices()).some(({ subject }) => subject?.includes('Last one'))) heard.push(one.address);
    expect((await addressesOf('CANCELLED: Last one')).sort()).toEqual(heard.sort());
  });

  test('the next month has its own', async () => {
    await host.moveClock({ now: '2027-02-01T10:00:00Z', asleep: true });
    const february = { start: '2027-02-20T10:00', end: '2027-02-20T11:00' };
    await admin.publish({ title: 'In February', districts: ['southend'], ...february });
    await host.settled();
    expect(await textsOf('In February')).toBe(crowd.length);
  });
});

/** An e-mail address takes what cannot be sent to a phone. */
async function standsIn(resident: Resident, phone: Resident) {
  const standIn = `${new URL(phone.manageUrl()).pathname}/stand-in`;
  await admin.api('PUT', standIn, { address: resident.address });
  await host.idle();
  const token = /confirm\/(\S+)/.exec((await resident.last()).text)?.[1];
  await admin.api('POST', '/subscriptions/confirmations', { token });
}

/** How often an alarm's metric was counted. */
const operatorsWere = (metric: string) =>
  readdirSync(join(host.dataDir, 'logs'))
    .flatMap((name) => readFileSync(join(host.dataDir, 'logs', name), 'utf8').split('\n'))
    .filter((line) => line.includes(`"${metric}":`)).length;
