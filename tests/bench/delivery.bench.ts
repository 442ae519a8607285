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
    await idle(county.host);
    const seconds = (performance.now() - begin) / 1000;
    const peak = county.peakMegabytes();
    // This number of Ofcom's drama range has opted out: nothing goes to it.
    const wrong = notOnce(residents, await county.countSent()).filter(
      ({ address }) => address !== '+447700900999',
    ).length;
    console.log(`${residents} residents told in ${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MB`);
    return { residents, seconds, peak, wrong };
  } finally {
    await county.host.stop();
    await county.stop();
  }
}

/** A request is given up after five minutes; a county takes longer on a small machine. */
async function idle(host: { idle: (seconds: number) => Promise<unknown> }) {
  for (let patience = 30; ; patience--)
    try {
      return await host.idle(240);
    } catch (error) {
      if (!patience) throw error;
    }
}
