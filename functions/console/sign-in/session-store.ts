import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Officer } from '../../../shared/identity/officer.ts';
import { isWritten } from '../../../shared/table/condition.ts';
import type { Table } from '../../../shared/table/table.ts';

export type SessionStore = ReturnType<typeof sessionStore>;

/** What is kept while an officer is signed in. `key` is a hash of what the browser holds. */
export type KeptSession = {
  key: string;
  officer: Officer;
  /** When it is over, whatever happens. */
  endsAt: string;
  /** When the issuer last vouched for the officer. */
  vouchedAt: string;
  /** When it was last asked to. */
  askedAt: string;
  /** The issuer's tokens, which only the browser's secret opens. */
  sealed: string;
};

const keyOf = (key: string) => ({ pk: `SESSION#${key}`, sk: 'SESSION' });

/** Sessions in the table, which forgets them by itself. */
export function sessionStore(table: Table) {
  async function put(session: KeptSession, condition: string) {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          ...keyOf(session.key),
          type: 'session',
          session,
          expiresAt: Math.ceil(Date.parse(session.endsAt) / 1000),
        },
        ConditionExpression: condition,
      }),
    );
  }

  const open = (session: KeptSession) => put(session, 'attribute_not_exists(pk)');

  /** The session, until it is over: the table itself may take days to forget it. */
  async function find(key: string, now: Date): Promise<KeptSession | undefined> {
    const session = (await table.get(keyOf(key)))?.session as KeptSession | undefined;
    return session && Date.parse(session.endsAt) > now.getTime() ? session : undefined;
  }

  /** Of several requests at once, one asks the issuer again: whether it is this one. */
  async function claimAsking({ key, askedAt }: KeptSession, now: Date): Promise<boolean> {
    return isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keyOf(key),
          UpdateExpression: 'SET #session.askedAt = :now',
          ConditionExpression: '#session.askedAt = :before',
          ExpressionAttributeNames: { '#session': 'session' },
          ExpressionAttributeValues: { ':now': now.toISOString(), ':before': askedAt },
        }),
      ),
    );
  }

  /** Keeps what the issuer said now; whether the session was still there. */
  const renew = (session: KeptSession): Promise<boolean> => isWritten(put(session, 'attribute_exists(pk)'));

  async function end(key: string): Promise<void> {
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: keyOf(key) }));
  }

  return { open, find, claimAsking, renew, end };
}
