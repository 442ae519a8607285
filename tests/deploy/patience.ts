import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until the answer satisfies, at most for so many seconds. */
export async function until<Answer>(
  what: string,
  seconds: number,
  look: () => Promise<Answer | undefined | false>,
): Promise<Answer> {
  const giveUp = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await look();
    if (answer) return answer;
    if (Date.now() > giveUp) throw new Error(`${what}: not within ${seconds} seconds`);
    await sleep(200);
  }
}
