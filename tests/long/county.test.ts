import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutboxMessage } from '../../infra/local/outbox.ts';
import { healthStore } from '../../shared/bulletins/health-store.ts';
import { notOnce, numbered, startCounty } from '../support/county.ts';
import { generatedSubscription } from '../support/fakes/subscription-seeds.ts';
import type { RunningHost } from '../support/host.ts';

const residents = 2_000;
let county: Awaited<ReturnType<typeof startCounty>>;
let host: RunningHost;
beforeAll(async () => {
  county = await startCounty(residents);
  host = county.host;
}, 120_000);
afterAll(async () => {
  await host.stop();
  await county.stop();
});

test('2,000 residents in 14 districts hear of a county-wide event, each exactly once', async () => {
  await county.admin.publish({ title: 'County open day', districts: county.districts });
  await host.idle(100);
  const counts = await county.countSent();
  // This number of Ofcom's drama range has opted out.
  expect(notOnce(residents, counts)).toEqual([{ address: '+447700900999', times: 0 }]);
});

test('a bulletin of which too many bounce is paused, until a person lets it go on', async () => {
  const lately = Array.from({ length: 1_000 }, (_, n) =>
    generatedSubscription(500_000 + n, {
      districts: ['tendring'],
      kinds: ['drop-in'],
      address: n % 10 ? `lately${n}@example.com` : `bounce+${n}@simulator.amazonses.com`,
    }),
  );
  await county.seed(lately);
  const told = async () => {
    const counts = await county.countSent(({ text }) => text.includes('Tea and talk'));
    return lately.filter(({ address }) => counts.has(address)).length;
  };
  // So slowly that the first bounces are known before the last of them are told.
  await host.setFault({ service: 'ses', rate: 0.6, kind: 'throttle', seed: 5 });
  const { id } = await county.admin.publish({
    title: 'Tea and talk',
    kind: 'drop-in',
    districts: ['tendring'],
  });
  await host.idle(200);
  await host.setFault({ service: 'ses', rate: 0, kind: 'throttle', seed: 5 });
  await host.moveClock({ advance: 'PT1H' });
  await host.idle(200);
  const paused = await told();
  expect(paused).toBeGreaterThanOrEqual(500);
  expect(paused).toBeLessThan(lately.length);

  const { body } = await county.admin.api('GET', `/events/${id}/history`);
  const [{ bulletins = [] } = {}] = (body as { items: { bulletins: { id: string }[] }[] }).items;
  const health = healthStore({ table: county.table, now: () => new Date() });
  expect(await health.health(bulletins[0]?.id ?? '')).toMatchObject({ standing: 'paused' });
  await health.decide(bulletins[0]?.id ?? '', 'resumed');
  await host.moveClock({ advance: 'PT1H' });
  await host.idle(200);
  expect(await told()).toBe(lately.length);
}, 300_000);

test('while everything fails and the system is killed, everybody hears, and of how many twice is counted', async () => {
  const districts = county.districts.slice(0, 4);
  const theirs = [...numbered(residents)].filter(
    ({ address, districts: wanted }) =>
      address !== '+447700900999' && wanted.some((district) => districts.includes(district)),
  );
  const isOfTheirs = ({ text }: OutboxMessage) => text.includes('Talk on bicycles');
  const injected: Record<string, number> = {};
  const misbehave = async (kind: 'throttle' | 'lost-reply') => {
    await host.setFault({ service: 'ses', rate: 0.3, kind, seed: 1 });
    await host.setFault({ service: 'sns', rate: kind === 'throttle' ? 0.3 : 0.1, kind, seed: 2 });
    await host.setFault({ service: 'dynamodb', rate: 0.1, kind: 'error', seed: 3 });
    await host.setFault({ service: 'sqs', rate: 0.1, kind: 'error', seed: 4 });
  };
  const noteInjected = async () => {
    for (const [service, times] of Object.entries((await host.faults()).injected))
      injected[service] = (injected[service] ?? 0) + times;
  };

  await county.admin.publish({ title: 'Talk on bicycles', districts });
  await misbehave('throttle');
  await until(async () => [...(await county.countSent(isOfTheirs)).values()].length > 40);
  await noteInjected();
  await host.kill();
  host = await county.startAgain();
  await misbehave('lost-reply');
  for (let quarter = 0; quarter < 3; quarter++) await host.moveClock({ advance: 'PT15M' });
  await noteInjected();
  const lostTexts = (await host.faults()).injected.sns ?? 0;
  for (const service of ['ses', 'sns', 'dynamodb', 'sqs'] as const)
    await host.setFault({ service, rate: 0, kind: 'error', seed: 1 });
  for (let quarter = 0; quarter < 4; quarter++) await host.moveClock({ advance: 'PT15M' });
  await host.idle(60);

  const counts = await county.countSent(isOfTheirs);
  const times = (channel: string) =>
    theirs.filter((each) => each.channel === channel).map(({ address }) => counts.get(address) ?? 0);
  const repeats = (channel: string) => times(channel).reduce((sum, each) => sum + each - 1, 0);
  expect(Math.min(...times('email'), ...times('sms'))).toBe(1);
  // Two workers for each channel were killed: each may repeat one call of 50 e-mails, or one text.
  expect(repeats('email')).toBeLessThanOrEqual(2 * 50);
  expect(repeats('sms')).toBeLessThanOrEqual(2 + lostTexts);
  expect(counts.size).toBe(theirs.length);
  for (const service of ['ses', 'sns', 'dynamodb', 'sqs'])
    expect(injected[service], service).toBeGreaterThan(0);
  console.info(
    JSON.stringify({
      residents: theirs.length,
      injected,
      twice: { email: repeats('email'), sms: repeats('sms') },
    }),
  );
});

async function until(isSo: () => Promise<boolean>) {
  for (let patience = 300; patience > 0 && !(await isSo()); patience--) await pause(100);
}
