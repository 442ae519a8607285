import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Entry } from '../../shared/calendars/calendar-entry.ts';
import type { Group } from '../../shared/calendars/calendar-groups.ts';
import type { Item, Table } from '../../shared/table/table.ts';
import { transact } from '../../shared/table/transact.ts';

/** What a calendar remembers of an event that left it, so that an older record cannot bring it back. */
export type Departure = { id: string; version: number; updatedAt: string };

export type Kept = ({ entry: Entry; hasLeft: false } | { entry: Departure; hasLeft: true }) & {
  /** When it is forgotten. */
  until?: Date;
};

/** What is kept of an event for one calendar. */
export type Placed = Kept & { group: Group };

export type EntryStore = ReturnType<typeof entryStore>;

/** As many items as one transaction takes, and characters, of which each is at most three of its 4 MB. */
const MOST_ITEMS = 100;
const MOST_CHARACTERS = 1_300_000;

/** The kept texts of each calendar, a partition for each. */
export function entryStore(table: Table) {
  const put = ({ group, entry, hasLeft, until }: Placed) => ({
    TableName: table.name,
    Item: {
      ...entryKey(group, entry.id),
      type: 'calendar-entry',
      ...entry,
      hasLeft,
      expiresAt: until && Math.ceil(until.getTime() / 1000),
    },
    // The same version may be rendered anew: by a newer renderer.
    ConditionExpression: 'attribute_not_exists(pk) OR #version <= :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': entry.version },
  });

  /** @returns whether no newer version was there */
  async function writeOne(placed: Placed): Promise<boolean> {
    try {
      await table.client.send(new PutCommand(put(placed)));
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return false;
    }
  }

  /** @returns whether all were written; else none was */
  async function writeTogether(all: Placed[]): Promise<boolean> {
    if (all.length > MOST_ITEMS || all.reduce((sum, one) => sum + sizeOf(one), 0) > MOST_CHARACTERS)
      return false;
    try {
      await transact(
        table,
        all.map((one) => ({ write: { Put: put(one) } })),
      );
      return true;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      return false;
    }
  }

  /**
   * Keeps events for calendars, or takes them off, each unless a newer version is there: in one request, and one by
   * one where that is refused.
   * @returns the calendars where a newer version was there
   */
  async function write(all: Placed[]): Promise<Group[]> {
    if (all.length > 1 && (await writeTogether(all))) return [];
    const late: Group[] = [];
    await Promise.all(all.map(async (one) => (await writeOne(one)) || late.push(one.group)));
    return late;
  }

  async function* found(group: Group, now: Date, only: object = {}): AsyncGenerator<Kept> {
    for await (const item of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': entryKey(group, '').pk },
      ConsistentRead: true,
      ...only,
    })) {
      const kept = keptIn(item);
      if (isThere(kept, now)) yield kept;
    }
  }

  /** What a calendar holds and what left it lately, by event id; read consistently. */
  const read = (group: Group, now: Date) => found(group, now);

  /** What a calendar has reached, without its texts; read consistently. */
  async function state(group: Group, now: Date): Promise<number> {
    let sum = 0;
    for await (const kept of found(group, now, VERSIONS)) sum += weightOf(kept);
    return sum;
  }

  return { write, read, state };
}

const VERSIONS = {
  ProjectionExpression: '#version, hasLeft, expiresAt',
  ExpressionAttributeNames: { '#version': 'version' },
};

/** DynamoDB takes days to remove what has expired. */
export const isThere = ({ until }: Kept, now: Date) => until === undefined || until > now;

/** Characters of its texts. */
export const sizeOf = ({ entry, hasLeft }: Kept) =>
  hasLeft ? 100 : entry.ics.length + (entry.google?.length ?? 0) + entry.json.length + entry.atom.length;

/** What it adds to the state of its calendar: more with each version, and more when that version has left. */
export const weightOf = ({ entry, hasLeft }: Kept) => 2 * entry.version + (hasLeft ? 1 : 0);

const entryKey = (group: Group, id: string) => ({ pk: `CALENDAR#${group}`, sk: id });

function keptIn({ pk: _pk, sk: _sk, type: _type, hasLeft, expiresAt, ...rest }: Item): Kept {
  const until = expiresAt === undefined ? undefined : new Date(Number(expiresAt) * 1000);
  return hasLeft
    ? { entry: rest as Departure, hasLeft: true, until }
    : { entry: rest as unknown as Entry, hasLeft: false, until };
}
