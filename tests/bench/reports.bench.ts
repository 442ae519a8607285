import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../../shared/events/event.ts';
import { agendaKeys, agendaOf } from '../../shared/events/event-keys.ts';
import { eventReads } from '../../shared/events/event-reads.ts';
import { eventsBetween } from '../../shared/events/events-between.ts';
import { counterReads } from '../../shared/reports/counter-store.ts';
import { dashboardOf } from '../../shared/reports/dashboard.ts';
import { startDynoxide } from '../support/dynoxide.ts';
import { essex } from '../support/essex.ts';
import { countedEvents } from './counted-events.ts';
import { dashboardPage } from './dashboard-page.ts';
import { type Row, shortest } from './row.ts';
import { writeAll } from './write-all.ts';
import { endOfYear as now, yearOfEvents } from './year-of-events.ts';

const districts = essex.districts.map(({ id }) => id);

/** The dashboard of a year of 20,000 events over all districts, against reading the events themselves. */
export async function bench(): Promise<Row[]> {
  // In a file, as only there the engine's stream is indexed, and ten thousands of writes take a minute.
  const folder = mkdtempSync(join(tmpdir(), 'streetmeet-reports-'));
  const { table, stop } = await startDynoxide('reports', join(folder, 'table.sqlite'));
  const events = yearOfEvents();
  await writeAll(
    table,
    events.flatMap((event) => inDistricts(event).map((key) => ({ ...key, type: 'agenda', event }))),
  );
  const { counters: rows } = countedEvents(events, now);
  await writeAll(table, rows);
  let queries = 0;
  const counters = counterReads({
    query: (input) => {
      queries++;
      return table.query(input);
    },
  });
  const dashboard = () =>
    dashboardOf({ from: '2026-07', to: '2027-06', districts }, { counters, force: essex, now });
  const { total } = await dashboard();
  if (total.times !== events.length)
    throw new Error(`the dashboard counts ${total.times} of ${events.length} events`);
  const reads = queries;
  const counted = await shortest(10, dashboard);
  const read = await shortest(1, () =>
    eventsBetween(eventReads(table), {
      districts,
      from: new Date('2026-06-30T23:00Z'),
      to: new Date('2027-06-30T23:00Z'),
      isVisible: () => true,
    }),
  );
  await stop();
  rmSync(folder, { recursive: true });
  return [
    {
      what: 'dashboard over 20,000 events, against reading the events',
      measured: read / counted,
      atLeast: 10,
    },
    { what: 'dashboard over 20,000 events', measured: counted, atMost: 1000, unit: 'ms' },
    { what: 'queries for it', measured: reads, atMost: 14, unit: 'queries' },
    ...(await dashboardPage(events, now)),
  ];
}

/** The lists that are read here. */
const inDistricts = (event: Event) => agendaKeys(event).filter(({ pk }) => pk !== agendaOf());
