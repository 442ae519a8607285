import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { startEngine } from '../../infra/local/dynoxide.ts';
import type { Event } from '../../shared/events/event.ts';
import { agendaKeys, eventKey } from '../../shared/events/event-keys.ts';
import { openTable } from '../../shared/table/table.ts';
import { consoleAt } from '../support/console.ts';
import { startHost } from '../support/host.ts';
import { countedEvents } from './counted-events.ts';
import { type Row, shortest } from './row.ts';
import { writeAll } from './write-all.ts';

/**
 * The dashboard as a page, through `npm start`'s own edge, session and worker. Events, their places in the lists, and
 * the counters as the product's own rule counts them are written into the table of a host that is stopped, in bulk, and
 * what the stream noted of that is taken out. (Counted one by one by the host's recount they take half an hour here.)
 */
export async function dashboardPage(events: Event[], now: Date): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'streetmeet-dashboard-'));
  try {
    await (await startHost({ dataDir, now })).stop();
    const { counters, counted } = countedEvents(events, now);
    await fill(join(dataDir, 'table.sqlite'), [
      ...events.flatMap((event) => [
        { ...eventKey(event.id), type: 'event', event },
        ...agendaKeys(event).map((key) => ({ ...key, type: 'agenda', event })),
      ]),
      ...counted,
      ...counters,
    ]);
    return await measured(dataDir, events.length, now);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Asked again and again by a supervisor who is signed in, when the host has nothing else to do. */
async function measured(dataDir: string, events: number, now: Date): Promise<Row[]> {
  const host = await startHost({ dataDir, now });
  try {
    const supervisor = consoleAt(host.url);
    await supervisor.signIn('supervisor');
    const ask = async () => {
      const { status, html } = await supervisor.get('/console/dashboard?from=2026-07&to=2027-06');
      const isCounted = html.includes(`<dt>Events</dt><dd>${events.toLocaleString('en-GB')}</dd>`);
      if (status !== 200 || !isCounted) throw new Error(`the dashboard answers ${status}: ${html}`);
    };
    const busy = await shortest(5, ask);
    // It renders the calendars of all these events first.
    for (let tries = 0; tries < 4; tries++)
      await host.idle(240).catch((error) => tries === 3 && Promise.reject(error));
    const page = await shortest(10, ask);
    return [
      { what: 'dashboard over 20,000 events as a page', measured: page, atMost: 1000, unit: 'ms' },
      { what: 'the same while their calendars are made', measured: busy, unit: 'ms' },
    ];
  } finally {
    await host.stop();
  }
}

async function fill(file: string, items: Record<string, unknown>[]): Promise<void> {
  const engine = await startEngine({ file });
  try {
    const { TableNames = [] } = await openTable('', engine.endpoint).client.send(new ListTablesCommand({}));
    await writeAll(openTable(TableNames[0] ?? '', engine.endpoint), items);
  } finally {
    await engine.close();
  }
  const database = new DatabaseSync(file);
  database.exec('DELETE FROM _stream_records');
  database.close();
}
