import type { TableReads } from '../table/table-reads.ts';
import type { Author, Version } from './edit-event.ts';
import type { Event } from './event.ts';
import { auditPartition, versionKey } from './event-keys.ts';

/** Who did something to an event, and what it was then. */
export type AuditLine = Version & { event: Pick<Event, 'id' | 'title' | 'districts'> };

/** What is kept of it by month: the version has the rest. */
export type KeptLine = { at: string; by: Author; version: number; event: AuditLine['event'] };

export type AuditQuery = {
  /** UTC, `2027-01`. */
  month: string;
  /** An officer's id. */
  by?: string;
  /** The place that the page before ended at. */
  after?: string;
  limit: number;
};

/** Seven years: six in which a claim may be made, and the year it was made in. */
const KEPT_FOR_YEARS = 7;

/** When versions and the lines that lead to them are erased, in seconds. */
export function auditedUntil(at: string): number {
  const end = new Date(at);
  end.setUTCFullYear(end.getUTCFullYear() + KEPT_FOR_YEARS);
  return Math.ceil(end.getTime() / 1000);
}

/** Everything that was done, by month, newest first. */
export function auditTrail(table: Pick<TableReads, 'query' | 'getAll'>) {
  async function audit({ month, by, after, limit }: AuditQuery) {
    const lines: { line: KeptLine; place: string }[] = [];
    for await (const { sk, line } of table.query({
      KeyConditionExpression: after ? 'pk = :pk AND sk < :after' : 'pk = :pk',
      FilterExpression: by ? 'line.#by.id = :by' : undefined,
      ExpressionAttributeNames: by ? { '#by': 'by' } : undefined,
      ExpressionAttributeValues: {
        ':pk': auditPartition(month),
        ...(after && { ':after': after }),
        ...(by && { ':by': by }),
      },
      ScanIndexForward: false,
      ConsistentRead: true,
    })) {
      if (lines.length === limit) return { items: await whole(lines), after: lines.at(-1)?.place };
      lines.push({ line: line as KeptLine, place: sk });
    }
    return { items: await whole(lines), after: undefined };
  }

  /** Who did anything in a month, by name. */
  async function authors(month: string): Promise<Author[]> {
    const found = new Map<string, Author>();
    for await (const { line } of table.query({
      KeyConditionExpression: 'pk = :pk',
      ProjectionExpression: 'line.#by',
      ExpressionAttributeNames: { '#by': 'by' },
      ExpressionAttributeValues: { ':pk': auditPartition(month) },
    })) {
      const { by } = line as Pick<KeptLine, 'by'>;
      found.set(by.id, by);
    }
    return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  async function whole(lines: { line: KeptLine }[]): Promise<AuditLine[]> {
    const items = await table.getAll(lines.map(({ line }) => versionKey(line.event.id, line.version)));
    const versions = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
    return lines.flatMap(({ line }) => {
      const { pk, sk } = versionKey(line.event.id, line.version);
      const item = versions.get(`${pk} ${sk}`);
      return item ? [{ ...versionOf(item), event: line.event }] : [];
    });
  }

  return { audit, authors };
}

/** A version as it was saved. */
export function versionOf(item: Record<string, unknown>): Version {
  const { pk: _pk, sk: _sk, type: _type, expiresAt: _expiresAt, ...rest } = item;
  const version = rest as Version;
  return { ...version, by: { id: version.by.id, name: version.by.name } };
}
