import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { noneYet, simulate, type Taken } from './simulation.ts';

// What workers log of each failure would fill the screen.
beforeAll(() => void vi.spyOn(process.stdout, 'write').mockReturnValue(true));
afterAll(() => void vi.restoreAllMocks());

/** How much more often than once each was told, of the news and of the cancellation. */
function repeats(taken: Taken[]) {
  const times = new Map<string, number>();
  for (const { to, isCancellation } of taken) {
    const key = `${to} ${isCancellation}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return [...times.values()].reduce((sum, each) => sum + each - 1, 0);
}

const seeds = Array.from(
  { length: Number(process.env.SEEDS ?? (process.env.LONG ? 200 : 20)) },
  (_, n) => n + 1,
);
const total = { ...noneYet(), repeats: 0 };

describe('while providers throttle three in ten, answers are lost, the table fails and workers are killed', () => {
  test.each(seeds)('the promises about delivery hold: seed %i', async (seed) => {
    const { taken, wrong, count, stayed, unfinished } = await simulate(seed);
    expect(wrong).toEqual([]);
    expect(unfinished).toBe(0);
    const news = new Set(taken.filter(({ isCancellation }) => !isCancellation).map(({ to }) => to));
    const invited = new Set(taken.filter(({ isAdvert }) => isAdvert).map(({ to }) => to));
    const warned = new Set(taken.filter(({ isCancellation }) => isCancellation).map(({ to }) => to));
    for (const { address } of stayed) {
      expect(news, `${address} was told`).toContain(address);
      if (invited.has(address)) expect(warned, `${address} was told that it is off`).toContain(address);
    }
    const of = (channel: Taken['channel']) => repeats(taken.filter((each) => each.channel === channel));
    // A text may come twice where a worker was killed or an answer lost; of e-mails a killed worker's one call.
    expect(of('sms')).toBeLessThanOrEqual(count.killedByText + count.lostTexts);
    // Who sends an e-mail in place of a text is killed with one in hand, as with a text.
    expect(of('email')).toBeLessThanOrEqual(count.killedByEmail * 50 + count.killedByText);
    for (const name of [
      'killedByEmail',
      'killedByText',
      'lostTexts',
      'throttled',
      'failedMessages',
      'insteadOfText',
    ] as const)
      total[name] += count[name];
    total.repeats += of('sms') + of('email');
  });

  test('all of which really happened', () => {
    expect(total.killedByText).toBeGreaterThan(seeds.length / 4);
    expect(total.lostTexts).toBeGreaterThan(seeds.length / 4);
    expect(total.throttled).toBeGreaterThan(seeds.length);
    expect(total.failedMessages).toBeGreaterThan(seeds.length / 4);
    expect(total.insteadOfText).toBeGreaterThan(seeds.length * 5);
    console.info(JSON.stringify(total));
  });
});
