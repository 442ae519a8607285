import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Entry } from '../../shared/calendars/calendar-entry.ts';
import type { Group } from '../../shared/calendars/calendar-groups.ts';
import type { Item, Table } from '../../shared/table/table.ts';

/** What a calendar remembers of an event that left it, so that an older record cannot bring it back. */
export type Departure = { id: string; version: number; updatedAt: string };

export type Kept = ({ entry: Entry; hasLeft: false } | { entry: Departure; hasLeft: true }) & {
  /** When it is forgotten. */
  until?: Date;
};

export type EntryStore = ReturnType<typeof entryStore>;

/** The kept texts of each calendar, a partition for each. */
export function entryStore(table: Table) {
  const write = async (
    group: Group,
    entry: Entry | Departure,
    hasLeft: boolean,
    until?: Date,
  ): Promise<boolean> => {
    try {
      await table.client.send(
        new PutCommand({
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
        }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return false;
    }
  };

  /**
   * Keeps an event for a calendar, unless a newer version is kept or has left.
   * @returns whether it was kept
   */
  const keep = (group: Group, entry: Entry, until?: Date) => write(group, entry, false, until);

  /**
   * Takes an event off a calendar, unless a newer version is on it.
   * @returns whether it was taken off
   */
  const leave = (group: Group, departure: Departure, until: Date) => write(group, departure, true, until);

  /** What a calendar holds and what left it lately, by event id; read consistently. */
  async function* read(group: Group, now: Date): AsyncGenerator<Kept> {
    for await (const item of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': entryKey(group, '').pk },
      ConsistentRead: true,
    })) {
      const kept = keptIn(item);
      if (isThere(kept, now)) yield kept;
    }
  }

  return { keep, leave, read };
}

/** DynamoDB takes days to remove what has expired. */
export const isThere = ({ until }: Kept, now: Date) => until === undefined || until > now;

const entryKey = (group: Group, id: string) => ({ pk: `CALENDAR#${group}`, sk: id });

function keptIn({ pk: _pk, sk: _sk, type: _type, hasLeft, expiresAt, ...rest }: Item): Kept {
  const until = expiresAt === undefined ? undefined : new Date(Number(expiresAt) * 1000);
  return hasLeft
    ? { entry: rest as Departure, hasLeft: true, until }
    : { entry: rest as unknown as Entry, hasLeft: false, until };
}
