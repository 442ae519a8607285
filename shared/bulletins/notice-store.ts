import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isWritten } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import { type Claim, claimOf, givenBack, type Notice } from './notice.ts';

export type NoticeStore = ReturnType<typeof noticeStore>;

/** What a worker wants to send: the same entries of a bulletin to each of these, under one claim. */
export type Claiming = { bulletin: string; subscriptions: string[]; entries: number[]; claim: string };

const KEPT_FOR = 400 * 86_400_000;
/** Most items one transaction takes. */
const MOST_WRITES = 100;

const key = (bulletin: string, subscription: string) => ({
  pk: `NOTICE#${bulletin}#${subscription}`,
  sk: 'NOTICE',
});

/** The send ledger: (bulletin, subscription) is told at most once, however often a queue message comes. */
export function noticeStore(table: Table) {
  async function read(bulletin: string, subscriptions: string[]): Promise<Map<string, Notice>> {
    const items = await table.getAll(subscriptions.map((id) => key(bulletin, id)));
    const notices = items.map((item) => item.notice as Notice);
    return new Map(notices.map((notice) => [notice.subscription, notice]));
  }

  const put = (notice: Notice, condition: Condition) => ({
    TableName: table.name,
    Item: {
      ...key(notice.bulletin, notice.subscription),
      type: 'notice',
      notice,
      expiresAt: Math.ceil((Date.parse(notice.until) + KEPT_FOR) / 1000),
    },
    ...condition,
  });

  /** Whether all were written in one go: it is all or none. */
  async function areWritten(puts: ReturnType<typeof put>[]): Promise<boolean> {
    if (puts.length > MOST_WRITES) return false;
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
      return true;
    } catch (error) {
      if (error instanceof TransactionCanceledException) return false;
      throw error;
    }
  }

  /** Claims notices for sending until `until`, but for those that are settled or another worker's. */
  async function claim(
    { bulletin, subscriptions, entries, claim: mine }: Claiming,
    time: { now: Date; until: Date },
  ): Promise<Map<string, Claim>> {
    const rows = await read(bulletin, subscriptions);
    const found = new Map(
      subscriptions.map((subscription) => {
        const wanted = { bulletin, subscription, entries, claim: mine };
        return [subscription, claimOf(rows.get(subscription), wanted, time)] as const;
      }),
    );
    const puts = [...found.values()].flatMap((each) =>
      each.outcome === 'claimed'
        ? [put(each.notice, unchangedSince(rows.get(each.notice.subscription)))]
        : [],
    );
    if (!puts.length || (puts.length > 1 && (await areWritten(puts)))) return found;
    // Somebody else has one of them, or an answer was lost: each by itself.
    const written = await Promise.all(puts.map((each) => isWritten(table.client.send(new PutCommand(each)))));
    const doubtful = puts.flatMap(({ Item }, place) => (written[place] ? [] : [Item.notice.subscription]));
    if (doubtful.length)
      for (const [subscription, now] of await read(bulletin, doubtful))
        if (now.claim !== mine) found.set(subscription, { outcome: 'wait', until: time.until });
    return found;
  }

  /** Writes down what came of claims. What is known to be sent stays so, and another worker's claim its own. */
  async function record(notices: Notice[]): Promise<void> {
    const puts = notices.map((notice) => put(notice, notice.state === 'sent' ? isKnown : stillOpen(notice)));
    if (!puts.length || (puts.length > 1 && (await areWritten(puts)))) return;
    await Promise.all(puts.map((each) => isWritten(table.client.send(new PutCommand(each)))));
  }

  /** Gives claims back when nothing was sent. */
  async function release(notices: Notice[], now: Date): Promise<void> {
    await Promise.all(
      notices.map((notice) => {
        const left = givenBack(notice, now);
        const Key = key(notice.bulletin, notice.subscription);
        return isWritten(
          left
            ? table.client.send(new PutCommand(put(left, stillOpen(notice))))
            : table.client.send(new DeleteCommand({ TableName: table.name, Key, ...stillOpen(notice) })),
        );
      }),
    );
  }

  /** The provider says that it was sent, whatever we thought. */
  async function markSent(bulletin: string, subscription: string): Promise<void> {
    await isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: key(bulletin, subscription),
          UpdateExpression: 'SET notice.#state = :sent',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':sent': 'sent' },
        }),
      ),
    );
  }

  /** Whether each of these is known to be sent. */
  async function areSent(rows: Pick<Notice, 'bulletin' | 'subscription'>[]): Promise<boolean[]> {
    const keys = new Map(rows.map((row) => [`${row.bulletin} ${row.subscription}`, row]));
    const items = await table.getAll([...keys.values()].map((row) => key(row.bulletin, row.subscription)));
    const sent = new Set(
      items
        .map((item) => item.notice as Notice)
        .filter(({ state }) => state === 'sent')
        .map(({ bulletin, subscription }) => `${bulletin} ${subscription}`),
    );
    return rows.map(({ bulletin, subscription }) => sent.has(`${bulletin} ${subscription}`));
  }

  /** Of these subscriptions, those who heard, or may be hearing, the entry at this place. */
  async function told(bulletin: string, place: number, subscriptions: string[]): Promise<Set<string>> {
    const notices = [...(await read(bulletin, subscriptions)).values()];
    return new Set(
      notices
        .filter(({ state, entries }) => state !== 'failed' && entries.includes(place))
        .map(({ subscription }) => subscription),
    );
  }

  /** When a subscription was last sent one of these bulletins, to some minutes. */
  async function lastHeard(subscription: string, bulletins: string[]): Promise<Date | undefined> {
    const items = await table.getAll(bulletins.map((bulletin) => key(bulletin, subscription)));
    const sent = items.map((item) => item.notice as Notice).filter(({ state }) => state === 'sent');
    const last = sent
      .map(({ until }) => until)
      .sort()
      .at(-1);
    return last === undefined ? undefined : new Date(last);
  }

  return { claim, record, release, markSent, areSent, told, lastHeard };
}

type Condition = {
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
};

const unchangedSince = (before: Notice | undefined): Condition =>
  before
    ? {
        ConditionExpression: 'notice.#state = :state AND notice.#claim = :claim',
        ExpressionAttributeNames: { '#state': 'state', '#claim': 'claim' },
        ExpressionAttributeValues: { ':state': before.state, ':claim': before.claim },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };

const isKnown: Condition = { ConditionExpression: 'attribute_exists(pk)' };

const stillOpen = ({ claim }: Notice): Condition => ({
  ConditionExpression: 'attribute_exists(pk) AND notice.#state <> :sent AND notice.#claim = :claim',
  ExpressionAttributeNames: { '#state': 'state', '#claim': 'claim' },
  ExpressionAttributeValues: { ':sent': 'sent', ':claim': claim },
});
