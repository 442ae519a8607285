import { setTimeout as pause } from 'node:timers/promises';
import { notOnce, startCounty } from '../support/county.ts';
import type { Row } from './row.ts';

/** A county-wide event, told to everybody through the whole running system into its outbox. */
export async function bench(): Promise<Row[]> {
  const few = await tellAll(Number(process.env.FEW ?? 10_000));
  const many = await tellAll(Number(process.env.MANY ?? 100_000));
  const rate = ({ residents, seconds }: Told) => residents / seconds;
  return [
    { what: 'peak memory, 100,000 residents to 10,000', measured: many.peak / few.peak, atMost: 1.3 },
    { what: 'pace, 100,000 residents to 10,000', measured: rate(many) / rate(few), atLeast: 0.7 },
    { what: 'residents not told exactly once', measured: few.wrong + many.wrong, atMost: 0, unit: '' },
  ];
}

type Told = { residents: number; seconds: number; peak: number; wrong: number };

async function tellAll(residents: number): Promise<Told> {
  const county = await startCounty(residents);
  try {
    const begin = performance.now();
    await county.admin.publish({ title: 'County open day', districts: county.districts });
    const missed = async () =>
      notOnce(residents, await county.countSent()).filter(({ address }) => address !== OPTED_OUT);
    await everybodyIsTold(missed);
    const seconds = (performance.now() - begin) / 1000;
    // Whoever is told twice is told soon; that all of them are counted for the dashboard takes far longer.
    await pause(90_000);
    const peak = county.peakMegabytes();
    const wrong = (await missed()).length;
    console.log(`${residents} residents told in ${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MB`);
    return { residents, seconds, peak, wrong };
  } finally {
    await county.host.stop();
    await county.stop();
  }
}

/** This number of Ofcom's drama range has opted out: nothing goes to it. */
const OPTED_OUT = '+447700900999';
const LOOK_EVERY = 20_000;
const PATIENCE = 45 * 60_000;

async function everybodyIsTold(missed: () => Promise<{ times: number }[]>): Promise<void> {
  for (let waited = 0; waited < PATIENCE; waited += LOOK_EVERY) {
    if (!(await missed()).some(({ times }) => times === 0)) return;
    await pause(LOOK_EVERY);
  }
}
