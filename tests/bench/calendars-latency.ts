import { setTimeout as pause } from 'node:timers/promises';
import { startHost } from '../support/host.ts';
import { officerAt, type Shown } from '../support/officer.ts';
import type { Row } from './row.ts';

const EDITS = 200;
const A_SECOND = 20;
const EVENTS = 20;
const PATIENCE_MS = 15_000;

/** From the answer to an edit until every calendar of the event has it, while edits arrive steadily. */
export async function latency(): Promise<Row[]> {
  const host = await startHost({ settings: { SAMPLE_DATA: 'on' } });
  try {
    const officer = officerAt(host.url, await host.token('supervisor'));
    const events: Promise<Shown>[] = [];
    for (let place = 0; place < EVENTS; place++)
      events.push(officer.publish({ title: `Event ${place} edit 0` }));
    await Promise.all(events);
    await host.idle();
    const waits = new Map<string, { event: number; edit: number; at: number }>();
    const taken: number[] = [];
    let isEditing = true;
    const watching = (async () => {
      const deadline = performance.now() + (EDITS / A_SECOND) * 1000 + PATIENCE_MS;
      while ((isEditing || waits.size) && performance.now() < deadline) {
        const seen = await Promise.all(
          ['all', 'southend', 'southend/open-day', 'google/southend'].map((name) => editsIn(host.url, name)),
        );
        for (const [key, { event, edit, at }] of waits)
          if (seen.every((edits) => (edits.get(event) ?? -1) >= edit)) {
            taken.push(performance.now() - at);
            waits.delete(key);
          }
        await pause(100);
      }
    })();
    const begin = performance.now();
    for (let edit = 1; edit <= EDITS; edit++) {
      await pause(Math.max(0, begin + (edit * 1000) / A_SECOND - performance.now()));
      const place = edit % EVENTS;
      const title = `Event ${place} edit ${edit}`;
      // Each event's edits follow each other; different events' do not wait.
      events[place] = (events[place] as Promise<Shown>).then(async (event) => {
        const edited = await officer.edit(event, { title });
        waits.set(title, { event: place, edit, at: performance.now() });
        return edited;
      });
    }
    await Promise.all(events);
    const seconds = (performance.now() - begin) / 1000;
    isEditing = false;
    await watching;
    taken.push(...[...waits.values()].map(({ at }) => performance.now() - at));
    const p95 = taken.sort((one, other) => one - other)[Math.ceil(taken.length * 0.95) - 1] ?? Infinity;
    return [
      { what: 'edits a second while measured', measured: EDITS / seconds, atLeast: 19, unit: 'a second' },
      { what: 'publish to all affected calendars, p95', measured: p95 / 1000, atMost: 1, unit: 's' },
    ];
  } finally {
    await host.stop();
  }
}

/** The newest edit that a calendar has of each event. */
async function editsIn(url: string, name: string): Promise<Map<number, number>> {
  const text = await (await fetch(`${url}/calendars/${name}.ics`)).text();
  return new Map(
    [...text.matchAll(/^SUMMARY:Event (\d+) edit (\d+)\r$/gm)].map(([, event, edit]) => [
      Number(event),
      Number(edit),
    ]),
  );
}
