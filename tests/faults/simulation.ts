import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import { deliver } from '../../functions/deliver/deliver.ts';
import type { BulletinEntry, DeliverMessage } from '../../shared/bulletins/bulletin.ts';
import { momentOf } from '../../shared/bulletins/change.ts';
import { cancelled, edit } from '../../shared/events/edit-event.ts';
import { toInstant } from '../../shared/events/zone-time.ts';
import { signing } from '../../shared/runtime/signing.ts';
import type { Channel, Subscription } from '../../shared/subscriptions/subscription.ts';
import { anEvent } from '../support/an-event.ts';
import { essex } from '../support/essex.ts';
import { fakeBulletinStore } from '../support/fakes/bulletin-store.ts';
import { fakeChunkStore } from '../support/fakes/chunk-store.ts';
import { fakeEventStore } from '../support/fakes/event-store.ts';
import { fakeNoticeStore } from '../support/fakes/notice-store.ts';
import { generatedSubscription } from '../support/fakes/subscription-seeds.ts';
import { queueRecord } from '../support/queue-record.ts';
import { type SimulatedWorker, seeded, simulatedWorker } from './simulated-worker.ts';

/** One message that a provider took. */
export type Taken = { to: string; channel: Channel; at: Date; isAdvert: boolean; isCancellation: boolean };

const MINUTE = 60_000;
const CHUNK: Record<Channel, number> = { email: 50, sms: 10 };
/** Six times what a worker may take: then SQS hands a message out again. */
const VISIBILITY = 6 * MINUTE;
const LOOK_AGAIN = 5 * MINUTE;
const WORKERS = 4;
const odds = { kill: 0.004, fail: 0.03, lost: 0.03 };
const provider = { ...odds, fail: 0.3, lost: 0.05 };
const open = 'Open day at the fire station';
const talk = 'Talk about bicycles';

/**
 * Two events are told to 160 residents from 20:30 on, while everything fails now and then; the second is cancelled
 * after a while, some residents leave. Runs until all is done, a day at most.
 */
export async function simulate(seed: number) {
  const random = seeded(seed);
  let now = new Date('2027-01-04T20:30:00Z');
  let step = 0;
  const by = { id: 'a', name: 'A' };
  const events = fakeEventStore();
  const bulletins = fakeBulletinStore();
  const chunks = fakeChunkStore();
  const notices = fakeNoticeStore();
  const residents = new Map<string, Subscription>();
  /** By an address that stands in: whose number takes no texts. */
  const phoneOf = new Map<string, string>();
  for (let n = 0; n < 160; n++) {
    const resident = generatedSubscription(n, { channel: n < 120 ? 'email' : 'sms' });
    residents.set(resident.id, resident);
  }
  const all = [...residents.values()].map(withStandIn);

  /** Some phones take no texts: their holders named an e-mail address. */
  function withStandIn(resident: Subscription, n: number): Subscription {
    if (n < 150) return resident;
    const pair = `instead-of-${resident.id}`;
    const standIn = { id: pair, districts: [], pair: resident.id, address: `${pair}@example.com` };
    residents.set(pair, generatedSubscription(n, { ...standIn, channel: 'email' }));
    residents.set(resident.id, { ...resident, pair });
    phoneOf.set(standIn.address, resident.address);
    return { ...resident, pair };
  }

  const taken: Taken[] = [];
  const wrong: string[] = [];
  const count = noneYet();
  const leftAt = new Map<string, number>();
  let cancelledAt = Number.POSITIVE_INFINITY;
  let receipts: { at: number; bulletin: string; subscription: string }[] = [];
  const queue: { body: DeliverMessage; visibleAt: number }[] = [];

  const eventOpen = anEvent({ title: open }, 'open');
  const eventTalk = anEvent({ title: talk }, 'talk');
  for (const event of [eventOpen, eventTalk])
    await events.save(edit(undefined, event, { by, action: 'create', now, newId: () => event.id }));

  const entry = (eventId: string, what: BulletinEntry['what']): BulletinEntry => ({
    eventId,
    version: 1,
    what,
    districts: ['southend'],
    kind: 'open-day',
    startsAt: toInstant(eventTalk.start, eventTalk.timeZone).toISOString(),
    isUrgent: false,
    isPressing: false,
    before: what === 'published' ? undefined : momentOf(eventTalk),
  });

  async function plan(bulletin: string, entries: BulletinEntry[], who: Subscription[]) {
    await bulletins.begin({ id: bulletin, district: 'southend', at: now.toISOString(), entries });
    for (const channel of ['email', 'sms'] as const) {
      const ids = who.filter((each) => each.channel === channel).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += CHUNK[channel]) {
        const id = `${bulletin}-${channel}-${from}`;
        const places = entries.map((_, place) => place);
        const subscriptions = ids.slice(from, from + CHUNK[channel]);
        await chunks.plan(
          { id, bulletin, district: 'southend', channel, entries: places, subscriptions, overtakes: false },
          new Date(now.getTime() + LOOK_AGAIN),
        );
        queue.push({ body: { bulletin, chunk: id }, visibleAt: now.getTime() });
      }
    }
  }

  function take(address: string, channel: Channel, words: string, worker: { readAt: number }) {
    const to = phoneOf.get(address) ?? address;
    if (to !== address) count.insteadOfText++;
    const isCancellation = /cancelled/i.test(words);
    const isAdvert = words.includes(talk) && !isCancellation;
    const hour = now.getUTCHours();
    if (hour >= 21 || hour < 8) wrong.push(`${to} was woken at ${now.toISOString()}`);
    if ((leftAt.get(to) ?? Number.POSITIVE_INFINITY) < worker.readAt) wrong.push(`${to} had left`);
    if (isAdvert && cancelledAt < worker.readAt) wrong.push(`${to} was invited to what was cancelled`);
    taken.push({ to, channel, at: now, isAdvert, isCancellation });
  }

  const refusal = (name: string, httpStatusCode: number) => () =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
  const lost = () => new Error('socket hang up');

  function providers(worker: SimulatedWorker, reads: { readAt: number }) {
    const ses = {
      send: ({ input }: { input: SesInput }) =>
        worker.call(
          () => {
            for (const { Destination, ReplacementEmailContent, ReplacementTags } of input.BulkEmailEntries) {
              take(
                Destination.ToAddresses[0] ?? '',
                'email',
                ReplacementEmailContent.ReplacementTemplate.ReplacementTemplateData,
                reads,
              );
              const tag = (name: string) => ReplacementTags.find(({ Name }) => Name === name)?.Value ?? '';
              for (let times = random() < 0.2 ? 2 : 1; times > 0; times--)
                receipts.push({
                  at: now.getTime() + random() * 3 * MINUTE,
                  bulletin: tag('bulletin'),
                  subscription: tag('subscription'),
                });
            }
            return {
              BulkEmailEntryResults: input.BulkEmailEntries.map(() => ({
                Status: 'SUCCESS',
                MessageId: 'm',
              })),
            };
          },
          {
            more: provider,
            lost,
            fail: () => {
              count.throttled++;
              return refusal('TooManyRequestsException', 429)();
            },
          },
        ),
    } as unknown as SESv2Client;
    const deaf = new Set(phoneOf.values());
    function text(
      { PhoneNumber, Message }: { PhoneNumber: string; Message: string },
      reads: { readAt: number },
    ) {
      if (deaf.has(PhoneNumber)) throw refusal('InvalidParameter', 400)();
      take(PhoneNumber, 'sms', Message, reads);
      return { MessageId: 'm' };
    }
    const sns = {
      send: ({ input }: { input: { PhoneNumber: string; Message: string } }) =>
        worker.call(() => text(input, reads), {
          more: provider,
          lost: () => {
            count.lostTexts++;
            return lost();
          },
          fail: refusal('Throttling', 400),
        }),
    } as unknown as SNSClient;
    return { ses, sns };
  }

  async function work(message: { body: DeliverMessage; visibleAt: number }) {
    const worker = simulatedWorker(random, odds, () => {
      step++;
    });
    const reads = { readAt: 0 };
    let claims = 0;
    const flaky = worker.through;
    const handler = deliver({
      bulletins: flaky(bulletins),
      chunks: flaky(chunks),
      notices: flaky(notices),
      events: flaky({
        ...events,
        getAll: (ids: string[]) => {
          reads.readAt = step;
          return events.getAll(ids);
        },
      }),
      health: flaky({ standing: async () => 'going' as const }),
      subscribers: flaky({
        activeSubscriptions: async (ids: string[]) =>
          ids.flatMap((id) => residents.get(id) ?? []).filter(({ status }) => status === 'active'),
        end: async () => {},
        openConfirmation: async () => undefined,
        confirmationSent: async () => {},
      }),
      rates: { email: rate, sms: rate },
      budget: { reserve: async () => true, giveBack: async () => {} },
      ...providers(worker, reads),
      endAll: async () => {},
      texts: { send: async () => {} },
      template: 't',
      configurationSet: 'c',
      signing: signing('s'),
      force: essex,
      origin: 'https://events.example',
      current: (district) => district,
      now: () => now,
      pause: async () => {},
      newId: () => `${seed}-${step}-${claims++}`,
    });
    message.visibleAt = now.getTime() + VISIBILITY;
    const outcome = await Promise.race([handler({ Records: [queueRecord(message.body)] }), worker.death]);
    if (outcome === 'killed') {
      if ('chunk' in message.body && message.body.chunk.includes('sms')) count.killedByText++;
      else count.killedByEmail++;
    } else if (outcome.batchItemFailures.length) count.failedMessages++;
    else queue.splice(queue.indexOf(message), 1);
  }
  const rate = { perSecond: 1000, book: async () => ({ startsAt: now }) };

  /** Somebody leaves now and then, in the middle of whatever is going on. */
  function leave() {
    const one = all[Math.floor(random() * all.length)];
    if (!one || residents.get(one.id)?.status === 'ended') return;
    residents.set(one.id, { ...one, status: 'ended' });
    leftAt.set(one.address, step);
  }

  const unfinished = () => chunks.all().filter(({ tally }) => !tally);
  await plan('news', [entry('open', 'published'), entry('talk', 'published')], all);
  for (let minute = 0; minute < 24 * 60; minute++) {
    now = new Date(now.getTime() + MINUTE);
    const due = receipts.filter(({ at }) => at <= now.getTime());
    receipts = receipts.filter(({ at }) => at > now.getTime());
    for (const { bulletin, subscription } of due) await notices.markSent(bulletin, subscription);
    for (const waiting of unfinished())
      if (waiting.checkAt <= now) {
        queue.push({
          body: { bulletin: waiting.chunk.bulletin, chunk: waiting.chunk.id },
          visibleAt: now.getTime(),
        });
        waiting.checkAt = new Date(now.getTime() + LOOK_AGAIN);
      }
    if (minute === 12) {
      const off = cancelled(eventTalk, 'Flood', now);
      await events.save(edit(eventTalk, off, { by, action: 'cancel', now, newId: () => 'c' }));
      cancelledAt = step;
    }
    if (minute === 14) {
      const told = await notices.told(
        'news',
        1,
        all.map(({ id }) => id),
      );
      await plan(
        'off',
        [entry('talk', 'cancelled')],
        all.filter(({ id }) => told.has(id)),
      );
    }
    const visible = queue.filter(({ visibleAt }) => visibleAt <= now.getTime());
    for (let from = 0; from < visible.length; from += WORKERS) {
      const working = visible.slice(from, from + WORKERS).map(work);
      if (random() < 0.1) leave();
      await Promise.all(working);
    }
    if (minute > 14 && !unfinished().length) break;
  }
  const stayed = all.filter(({ address }) => !leftAt.has(address));
  return { taken, wrong, count, stayed, unfinished: unfinished().length };
}

type SesInput = {
  BulkEmailEntries: {
    Destination: { ToAddresses: string[] };
    ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: string } };
    ReplacementTags: { Name: string; Value: string }[];
  }[];
};

/** How often what is to be borne happened. */
export const noneYet = () => ({
  killedByEmail: 0,
  killedByText: 0,
  lostTexts: 0,
  throttled: 0,
  failedMessages: 0,
  insteadOfText: 0,
});
