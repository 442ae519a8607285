import { site } from '../../functions/site/site.ts';
import type { Event } from '../../shared/events/event.ts';
import { readForce } from '../../shared/force/read-force.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { call } from '../support/http-call.ts';
import { serve } from '../support/serve.ts';
import { shortest } from './row.ts';

const RUNS = 60;
const REQUESTS = 20;

const { forceFile, events } = JSON.parse(process.argv[2] ?? '{}') as { forceFile: string; events: Event[] };

let version = 1;
const newer = (event: Event): Event => ({ ...event, version });

/** The site of a district with these events, read when it is asked. */
const siteOf = (items: () => Event[]) =>
  site({
    events: async () => ({
      get: async () => undefined,
      history: async () => [],
      list: async () => ({ items: items(), cursor: undefined }),
    }),
    personal: () => Promise.reject(new Error('nobody asks')),
    force: readForce(forceFile),
    origin: 'https://events.example',
    now: () => new Date('2027-01-30T09:00:00Z'),
  });

const same = siteOf(() => events);
const [first, ...rest] = events as [Event, ...Event[]];
const { text: body, headers } = await call(same, 'GET', '/southend');
const answer = () => ({ status: 200, headers: headers as Record<string, string>, body });
const fromMemory = httpHandler([{ method: 'GET', path: '/southend', answer }], {
  onError: () => ({ status: 500 }),
});

const served = {
  bytes: await serve(fromMemory),
  same: await serve(same),
  oneDiffers: await serve(siteOf(() => [newer(first), ...rest])),
  allDiffer: await serve(siteOf(() => events.map(newer))),
};
// By turns, and the shortest of each counts: the machine has other work.
const took = { bytes: Infinity, same: Infinity, oneDiffers: Infinity, allDiffer: Infinity };
const names = Object.keys(took) as (keyof typeof took)[];
for (let run = 0; run < RUNS; run++)
  for (const name of names) {
    const ask = async () => {
      for (let request = 0; request < REQUESTS; request++) {
        version++;
        await (await fetch(`${served[name].origin}/southend`)).arrayBuffer();
      }
    };
    took[name] = Math.min(took[name], await shortest(1, ask));
  }
await Promise.all(Object.values(served).map(({ stop }) => stop()));
process.stdout.write(JSON.stringify(took));
