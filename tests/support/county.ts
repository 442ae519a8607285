import { createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { OutboxMessage } from '../../infra/local/outbox.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { openTable, type Table } from '../../shared/table/table.ts';
import { startDynoxide } from './dynoxide.ts';
import { essex } from './essex.ts';
import { generatedSubscription, seedSubscriptions } from './fakes/subscription-seeds.ts';
import { type HostSettings, startHost } from './host.ts';
import { officerAt } from './officer.ts';

const districts = essex.districts.map(({ id }) => id);

/** The nth resident of the county: one in ten by text, one in seven in two districts. */
export function countyResident(n: number): Subscription {
  const at = (place: number) => districts[place % districts.length] ?? '';
  const channel = n % 10 === 9 ? 'sms' : 'email';
  return generatedSubscription(n, {
    channel,
    frequency: 'immediately',
    districts: n % 7 ? [at(n)] : [at(n), at(n + 5)],
  });
}

/** A running system with so many subscriptions of generated residents in every district of the county. */
export async function startCounty(residents: number, settings: HostSettings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'county-'));
  const dynoxide = await startDynoxide('unused', join(folder, 'table.sqlite'));
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const start = (now?: Date) =>
    startHost({
      now,
      dataDir,
      settings: { SETTLE_SECONDS: '1', DYNAMODB_ENDPOINT: dynoxide.endpoint, ...settings },
    });
  const host = await start(new Date('2027-01-04T10:00:00Z'));
  const table = await itsTable(dynoxide.table, dynoxide.endpoint);
  await seedSubscriptions(table, numbered(residents));
  const admin = officerAt(host.url, await host.token('admin'));

  return {
    host,
    /** Another on the same data, when this one was killed. */
    startAgain: () => start(),
    admin,
    districts,
    table,
    /** More of them, as they are given. */
    seed: (more: Iterable<Subscription>) => seedSubscriptions(table, more),
    /** How often each address was written to, by what was sent, which may be more than fits a message. */
    async countSent(matching: (message: OutboxMessage) => boolean = () => true) {
      const counts = new Map<string, number>();
      const input = createReadStream(join(dataDir, 'messages.jsonl'));
      for await (const line of createInterface({ input })) {
        // The last may be half written yet.
        if (!line.endsWith('}')) continue;
        const message = JSON.parse(line) as OutboxMessage;
        if (matching(message)) counts.set(message.to, (counts.get(message.to) ?? 0) + 1);
      }
      return counts;
    },
    /** The most memory the host ever held, as Linux counts it. */
    peakMegabytes: () =>
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${host.pid}/status`, 'utf8'))?.[1]) / 1024,
    /** Stops the engine, the host being stopped. */
    async stop() {
      table.client.destroy();
      await dynoxide.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Who did not hear exactly once. */
export const notOnce = (residents: number, counts: Map<string, number>) =>
  [...numbered(residents)]
    .map(({ address }) => ({ address, times: counts.get(address) ?? 0 }))
    .filter(({ times }) => times !== 1);

export function* numbered(residents: number): Generator<Subscription> {
  for (let n = 0; n < residents; n++) yield countyResident(n);
}

async function itsTable(any: Table, endpoint: string): Promise<Table> {
  const { TableNames = [] } = await any.client.send(new ListTablesCommand({}));
  const name = TableNames.find((each) => each !== any.name);
  if (!name) throw new Error('the host made no table');
  return openTable(name, endpoint);
}
