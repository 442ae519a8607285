import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { changeKey } from '../events/event-keys.ts';
import { Stale } from '../runtime/errors.ts';
import { isWritten } from '../table/condition.ts';
import { dueAt } from '../table/due.ts';
import type { Key, Table } from '../table/table.ts';
import { type Bulletin, PLAN_PARTS } from './bulletin.ts';
import type { Change } from './change.ts';
import { nextLook, type Window } from './settling.ts';

export type BulletinStore = ReturnType<typeof bulletinStore>;

/** A district's window as it is kept: changes that a stored bulletin has told are swept before the next. */
export type KeptWindow = Window & { revision: number; told: string[] };

/** A bulletin that an event's edit caused, and where in it the event is. */
export type Cause = { bulletin: string; place: number; version: number; district: string; what: string };

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Bulletins are kept for as long as somebody may be told that an event they heard of moved. */
const KEPT_FOR = 730 * DAY;
/** Longer than anybody looks back for who was told lately. */
const LISTED_FOR = 120 * DAY;
const MOST_WRITES = 25;

const windowKey = (district: string) => ({ pk: `DISTRICT#${district}`, sk: 'WINDOW' });
const bulletinKey = (id: string) => ({ pk: `BULLETIN#${id}`, sk: 'BULLETIN' });
const toldKey = (district: string, at: string, bulletin = '') => ({
  pk: `DISTRICT#${district}`,
  sk: `TOLD#${at}#${bulletin}`,
});
const causeKey = (eventId: string, bulletin: string) => ({
  pk: `EVENT#${eventId}`,
  sk: `BULLETIN#${bulletin}`,
});

/** Changes that wait, the windows they wait in, and the bulletins made of them. */
export function bulletinStore(table: Table) {
  const read = async (key: Key) =>
    (await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }))).Item;

  async function window(district: string): Promise<KeptWindow | undefined> {
    const found = await read(windowKey(district));
    return found?.window as KeptWindow | undefined;
  }

  async function pending(district: string): Promise<Change[]> {
    const found: Change[] = [];
    for await (const item of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': changeKey(district, '').pk },
      ConsistentRead: true,
    }))
      found.push(item.change as Change);
    return found;
  }

  const windowPut = (district: string, next: Window, told: string[], before: KeptWindow | undefined) => {
    const look = nextLook(next);
    return {
      Put: {
        TableName: table.name,
        Item: {
          ...windowKey(district),
          type: 'window',
          district,
          window: { ...next, told, revision: (before?.revision ?? 0) + 1 },
          ...(look && dueAt(look, district)),
        },
        ConditionExpression: before ? '#window.revision = :revision' : 'attribute_not_exists(pk)',
        ...(before && {
          ExpressionAttributeNames: { '#window': 'window' },
          ExpressionAttributeValues: { ':revision': before.revision },
        }),
      },
    };
  };

  async function commit(
    writes: NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>,
  ) {
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems: writes }));
    } catch (error) {
      if (error instanceof TransactionCanceledException)
        throw new Stale('another worker moved this window on');
      throw error;
    }
  }

  /** Keeps a window open. @throws Stale when another worker was first */
  const keepWindow = (district: string, next: Window, before: KeptWindow | undefined) =>
    commit([windowPut(district, next, before?.told ?? [], before)]);

  /**
   * Closes a window over a bulletin, both or neither; then no change of it is told again.
   * @throws Stale when another worker was first
   */
  async function closeWindow(
    district: string,
    {
      before,
      left,
      gone,
      bulletin,
    }: { before: KeptWindow; left: Window; gone: Change[]; bulletin?: Bulletin },
  ): Promise<void> {
    const told = gone.map(({ id }) => id);
    await commit([
      windowPut(district, left, told, before),
      ...(bulletin
        ? [bulletinItem(bulletin), toldItem(bulletin)].map((Item) => ({
            Put: { TableName: table.name, Item },
          }))
        : []),
    ]);
    await forget(district, told);
  }

  const bulletinItem = (bulletin: Bulletin) => ({
    ...bulletinKey(bulletin.id),
    type: 'bulletin',
    bulletin,
    /** Until it is published and planned, the tick looks at it. */
    ...dueAt(new Date(Date.parse(bulletin.at) + MINUTE), bulletin.id),
    expiresAt: Math.ceil((Date.parse(bulletin.at) + KEPT_FOR) / 1000),
  });

  /** One line in the list of what a district was told. */
  const toldItem = ({ id, district, at }: Bulletin) => ({
    ...toldKey(district, at, id),
    type: 'told',
    bulletin: id,
    expiresAt: Math.ceil((Date.parse(at) + LISTED_FOR) / 1000),
  });

  /** The ids of the bulletins that a district was told since. */
  async function toldSince(district: string, from: Date): Promise<string[]> {
    const found: string[] = [];
    for await (const { bulletin } of table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': toldKey(district, '').pk,
        ':from': toldKey(district, from.toISOString()).sk,
        ':to': toldKey(district, '~').sk,
      },
    }))
      found.push(bulletin as string);
    return found;
  }

  /** Removes changes that a stored bulletin has told. Harmless twice. */
  const forget = (district: string, ids: string[]) =>
    writeAll(ids.map((id) => ({ DeleteRequest: { Key: changeKey(district, id) } })));

  async function writeAll(
    requests: { PutRequest?: { Item: Record<string, unknown> }; DeleteRequest?: { Key: Key } }[],
  ) {
    for (let at = 0; at < requests.length; at += MOST_WRITES) {
      let left: typeof requests | undefined = requests.slice(at, at + MOST_WRITES);
      while (left?.length) {
        const { UnprocessedItems } = await table.client.send(
          new BatchWriteCommand({ RequestItems: { [table.name]: left } }),
        );
        left = UnprocessedItems?.[table.name] as typeof requests | undefined;
      }
    }
  }

  /**
   * Keeps a bulletin that is about no changes, unless it is kept: the tick sees to the rest.
   * @param isPlanned its chunks are made by whoever begins it, one by one
   */
  async function begin(bulletin: Bulletin, { isPlanned = false } = {}): Promise<void> {
    const { dueShard: _shard, dueAt: _at, ...planned } = bulletinItem(bulletin);
    if (!isPlanned)
      await table.client.send(new PutCommand({ TableName: table.name, Item: toldItem(bulletin) }));
    await isWritten(
      table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: isPlanned ? planned : bulletinItem(bulletin),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
  }

  async function get(id: string) {
    const found = await read(bulletinKey(id));
    if (!found) return undefined;
    return {
      bulletin: found.bulletin as Bulletin,
      isPublished: found.publishedAt !== undefined,
      planned: [...((found.planned as Set<number> | undefined) ?? [])],
    };
  }

  /** Notes with each event which bulletin tells of it. Harmless twice. */
  const noteCauses = ({ id, district, at, entries }: Bulletin) =>
    writeAll(
      entries.map(({ eventId, version, what }, place) => ({
        PutRequest: {
          Item: {
            ...causeKey(eventId, id),
            type: 'cause',
            cause: { bulletin: id, place, version, district, what } satisfies Cause,
            expiresAt: Math.ceil((Date.parse(at) + KEPT_FOR) / 1000),
          },
        },
      })),
    );

  /** The bulletins that told of an event, oldest first. */
  async function causesOf(eventId: string): Promise<Cause[]> {
    const found: Cause[] = [];
    for await (const { cause } of table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :bulletins)',
      ExpressionAttributeValues: { ':pk': causeKey(eventId, '').pk, ':bulletins': 'BULLETIN#' },
      ConsistentRead: true,
    }))
      found.push(cause as Cause);
    return found;
  }

  /** The bulletins that told of an event with how many people they reached. */
  async function causedBy(eventId: string) {
    const causes = await causesOf(eventId);
    const items = await table.getAll(causes.map(({ bulletin }) => bulletinKey(bulletin)));
    const counts = new Map(items.map((item) => [(item.bulletin as Bulletin).id, item]));
    return causes.map(({ bulletin, district, version, what }) => {
      const item = counts.get(bulletin);
      return {
        id: bulletin,
        at: (item?.bulletin as Bulletin | undefined)?.at,
        district,
        version,
        what,
        email: Number(item?.sentEmail ?? 0),
        sms: Number(item?.sentSms ?? 0),
      };
    });
  }

  /** How many notices of a bulletin were sent so far. */
  async function sentOf(id: string) {
    const found = await read(bulletinKey(id));
    if (!found) return undefined;
    const { at, district } = found.bulletin as Bulletin;
    return { at, district, email: Number(found.sentEmail ?? 0), sms: Number(found.sentSms ?? 0) };
  }

  async function markPublished(id: string, now: Date): Promise<void> {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: bulletinKey(id),
        UpdateExpression: 'SET publishedAt = :now',
        ExpressionAttributeValues: { ':now': now.toISOString() },
      }),
    );
  }

  /** Notes that the subscribers of these parts are all in chunks; with the last part the tick has no more to watch. */
  async function markPlanned(id: string, shards: number[]): Promise<void> {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: bulletinKey(id),
        UpdateExpression: 'ADD planned :shards',
        ExpressionAttributeValues: { ':shards': new Set(shards) },
        ReturnValues: 'ALL_NEW',
      }),
    );
    if (new Set(Attributes?.planned as Set<number> | undefined).size < PLAN_PARTS) return;
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: bulletinKey(id),
        UpdateExpression: 'REMOVE dueShard, dueAt',
      }),
    );
  }

  return {
    window,
    pending,
    keepWindow,
    closeWindow,
    begin,
    toldSince,
    forget,
    get,
    noteCauses,
    causesOf,
    causedBy,
    sentOf,
    markPublished,
    markPlanned,
  };
}
