import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { startEngine } from '../../infra/local/dynoxide.ts';
import type { Event } from '../../shared/events/event.ts';
import { agendaKeys, eventKey } from '../../shared/events/event-keys.ts';
import { openTable } from '../../shared/table/table.ts';
import { consoleAt } from '../support/console.ts';
import { startHost } from '../support/host.ts';
import { type Row, shortest } from './row.ts';
import { writeAll } from './write-all.ts';

/** Longest that counting them may take on a busy machine. */
const PATIENCE_MS = 20 * 60_000;

/**
 * The dashboard as a page, through `npm start`'s own edge, session and worker. The events are written into the table
 * of a host that is stopped, in bulk, and what the stream noted of that is taken out: else each would be rendered.
 * Nothing is written of the counters. The host, started again, counts all there is by its own recount, and only then
 * is the page asked for.
 */
export async function dashboardPage(events: Event[], now: Date): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'streetmeet-dashboard-'));
  try {
    await (await startHost({ dataDir, now })).stop();
    await fill(join(dataDir, 'table.sqlite'), events);
    const host = await startHost({ dataDir, now });
    try {
      const supervisor = consoleAt(host.url);
      await supervisor.signIn('supervisor');
      const address = '/console/dashboard?from=2026-07&to=2027-06';
      const counted = `<dt>Events</dt><dd>${events.length.toLocaleString('en-GB')}</dd>`;
      // The recount that the first start began and its stop cut off is taken up again after ten minutes.
      await host.moveClock({ advance: 'PT11M' });
      const begun = performance.now();
      while (!(await supervisor.get(address)).html.includes(counted)) {
        if (performance.now() - begun > PATIENCE_MS) throw new Error('the host does not count them all');
        await pause(2_000);
      }
      const recounted = (performance.now() - begun) / 1000;
      await host.idle(240);
      const page = await shortest(10, async () => {
        const { status, html } = await supervisor.get(address);
        if (status !== 200 || !html.includes(counted)) throw new Error(`the dashboard answers ${status}`);
      });
      return [
        { what: 'dashboard over 20,000 events as a page', measured: page, atMost: 1000, unit: 'ms' },
        { what: 'counting these 20,000 anew', measured: recounted, unit: 's' },
      ];
    } finally {
      await host.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fill(file: string, events: Event[]): Promise<void> {
  const engine = await startEngine({ file });
  try {
    const { TableNames = [] } = await openTable('', engine.endpoint).client.send(new ListTablesCommand({}));
    const [name = ''] = TableNames;
    await writeAll(
      openTable(name, engine.endpoint),
      events.flatMap((event) => [
        { ...eventKey(event.id), type: 'event', event },
        ...agendaKeys(event).map((key) => ({ ...key, type: 'agenda', event })),
      ]),
    );
  } finally {
    await engine.close();
  }
  const database = new DatabaseSync(file);
  database.exec('DELETE FROM _stream_records');
  database.close();
}
