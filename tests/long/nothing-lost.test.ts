import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventsOf } from '../support/feed.ts';
import { startHost } from '../support/host.ts';
import { officerAt } from '../support/officer.ts';
import { residentAt } from '../support/resident.ts';

const csv = readFileSync(new URL('../../infra/local/sample-week.csv', import.meta.url), 'utf8');

test('killed in the middle of a week’s import and started again, nothing is lost and nobody is told twice', async () => {
  const settings = { SETTLE_SECONDS: '1' };
  const first = await startHost({ settings });
  const { dataDir } = first;
  try {
    await first.moveClock({ now: '2027-01-04T10:00:00Z' });
    for (const name of ['ann', 'bob', 'cat'])
      await residentAt(first.url, 'email', `${name}@example.com`).subscribe(['southend', 'basildon']);
    const admin = officerAt(first.url, await first.token('admin'));
    await first.setFault({ service: 'sqs', rate: 0.3, kind: 'error', seed: 7 });
    const importing = admin.importCsv(csv);
    await Promise.race([importing, pause(700)]);
    await Promise.all([first.kill(), importing.catch(() => undefined)]);

    const second = await startHost({ settings, dataDir });
    try {
      const again = officerAt(second.url, await second.token('admin'));
      expect((await second.clock()).now > '2027-01-04T10:00:00Z').toBe(true);
      const report = await again.importCsv(csv);
      expect((report.created ?? 0) + (report.unchanged ?? 0)).toBe(95);
      // What only the queues knew is found again by the minute tick; the killed import is not waited for for ever.
      await second.moveClock({ advance: 'PT15M' });
      await second.idle();
      const calendar = await (await second.get('/calendars/all.ics')).text();
      expect(eventsOf(calendar)).toHaveLength(81);
      for (const name of ['ann', 'bob', 'cat']) {
        const notices = await residentAt(second.url, 'email', `${name}@example.com`).notices();
        const told = notices.flatMap(({ text }) =>
          [...text.matchAll(/\/events\/(\w{26})$/gm)].map(([, id]) => id),
        );
        expect(new Set(told).size).toBe(told.length);
        const list = await again.api('GET', '/events?limit=100');
        const theirs = (list.body as { items: { id: string; districts: string[] }[] }).items.filter(
          ({ districts }) => districts.some((district) => ['southend', 'basildon'].includes(district)),
        );
        expect(new Set(told)).toEqual(new Set(theirs.map(({ id }) => id)));
      }
    } finally {
      await second.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
