import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isWritten } from '../table/condition.ts';
import type { Table } from '../table/table.ts';

export type NoticeStore = ReturnType<typeof noticeStore>;

/** claimed: a worker is sending it. unknown: the provider did not say. */
export type NoticeState = 'claimed' | 'sent' | 'failed' | 'unknown';

/** One row of the ledger: what one subscriber was told of one bulletin. */
export type Notice = {
  bulletin: string;
  subscription: string;
  state: NoticeState;
  /** Places in the bulletin's entries. */
  entries: number[];
  attempt: number;
  /** Until when a claim holds, or an unknown outcome is waited for. */
  until: string;
  messageId?: string;
};

export type Claim =
  | { outcome: 'claimed'; attempt: number }
  | { outcome: 'settled'; state: NoticeState }
  | { outcome: 'wait'; until: Date };

/** A send whose outcome is lost is tried once more. */
const MOST_ATTEMPTS = 2;
const KEPT_FOR = 400 * 86_400_000;

const key = (bulletin: string, subscription: string) => ({
  pk: `NOTICE#${bulletin}#${subscription}`,
  sk: 'NOTICE',
});

/** The send ledger: (bulletin, subscription) is told at most once, however often a queue message comes. */
export function noticeStore(table: Table) {
  async function read(bulletin: string, subscription: string): Promise<Notice | undefined> {
    const [found] = await table.getAll([key(bulletin, subscription)]);
    return found?.notice as Notice | undefined;
  }

  const row = (notice: Notice) => ({
    ...key(notice.bulletin, notice.subscription),
    type: 'notice',
    notice,
    expiresAt: Math.ceil((Date.parse(notice.until) + KEPT_FOR) / 1000),
  });

  /** Claims a notice for sending until `until`, unless it is settled or another worker's. */
  async function claim(
    { bulletin, subscription, entries }: Pick<Notice, 'bulletin' | 'subscription' | 'entries'>,
    { now, until }: { now: Date; until: Date },
  ): Promise<Claim> {
    const before = await read(bulletin, subscription);
    if (before?.state === 'sent' || before?.state === 'failed')
      return { outcome: 'settled', state: before.state };
    if (before && before.attempt >= MOST_ATTEMPTS && before.state === 'unknown')
      return { outcome: 'settled', state: before.state };
    if (before && Date.parse(before.until) > now.getTime())
      return { outcome: 'wait', until: new Date(before.until) };
    const attempt = (before?.attempt ?? 0) + 1;
    if (attempt > MOST_ATTEMPTS) return { outcome: 'settled', state: 'unknown' };
    const notice: Notice = {
      bulletin,
      subscription,
      entries,
      state: 'claimed',
      attempt,
      until: until.toISOString(),
    };
    const isMine = await isWritten(
      table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: row(notice),
          ConditionExpression: before
            ? 'notice.#state = :state AND notice.attempt = :attempt'
            : 'attribute_not_exists(pk)',
          ...(before && {
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':state': before.state, ':attempt': before.attempt },
          }),
        }),
      ),
    );
    return isMine ? { outcome: 'claimed', attempt } : { outcome: 'wait', until };
  }

  /** Writes down what came of a claim. A notice that is known to be sent stays so. */
  async function record(notice: Notice): Promise<void> {
    await isWritten(
      table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: row(notice),
          ConditionExpression: 'attribute_exists(pk) AND notice.#state <> :sent',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':sent': 'sent' },
        }),
      ),
    );
  }

  /** Gives a claim back when nothing was sent. */
  async function release(bulletin: string, subscription: string): Promise<void> {
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: key(bulletin, subscription) }));
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

  /** Of these subscriptions, those who heard, or may be hearing, the entry at this place. */
  async function told(bulletin: string, place: number, subscriptions: string[]): Promise<Set<string>> {
    const items = await table.getAll(subscriptions.map((id) => key(bulletin, id)));
    const notices = items.map((item) => item.notice as Notice);
    return new Set(
      notices
        .filter(({ state, entries }) => state !== 'failed' && entries.includes(place))
        .map(({ subscription }) => subscription),
    );
  }

  return { claim, record, release, markSent, told };
}
