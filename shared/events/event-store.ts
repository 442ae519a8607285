import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { Conflict, Stale } from '../runtime/errors.ts';
import type { Table } from '../table/table.ts';
import { auditedUntil, type KeptLine } from './audit-trail.ts';
import type { Edit } from './edit-event.ts';
import type { Event } from './event.ts';
import {
  agendaKeys,
  auditKey,
  changeKey,
  eventKey,
  externalKey,
  idempotencyKey,
  versionKey,
} from './event-keys.ts';
import { eventReads } from './event-reads.ts';

export type EventStore = ReturnType<typeof eventStore>;

/** A command a client may repeat: its key, what it said, and until when it is remembered. */
export type Idempotency = { key: string; fingerprint: string; until: Date };

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

type Guarded = { write: Writes[number]; failed?: () => Error };

/** A quota of DynamoDB. */
const MOST_WRITES = 100;
const ATTEMPTS = 5;
const isAbsent = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Events, their history and lists, and what edits mean, in the table. */
export function eventStore(table: Table) {
  const reads = eventReads(table);

  async function findByExternalId(externalId: string): Promise<Event | undefined> {
    const found = await table.get(externalKey(externalId));
    return found && reads.get(found.eventId as string);
  }

  /** What an earlier command with this key said and made, while it is remembered. */
  async function remembered(key: string, now: Date) {
    const found = await table.get(idempotencyKey(key));
    if (!found || Number(found.expiresAt) * 1000 <= now.getTime()) return undefined;
    return { fingerprint: found.fingerprint as string, eventId: found.eventId as string };
  }

  /**
   * Keeps an edit: the event, its version, its places in the lists and its changes, or nothing.
   * @throws Stale when the event is no longer the version that was edited
   * @throws Conflict when the externalId or the idempotency key is taken
   */
  async function save(edit: Edit, idempotency?: Idempotency): Promise<void> {
    await transact([...writesOf(edit), ...(idempotency ? [commandOnce(edit, idempotency)] : [])]);
  }

  /**
   * Keeps what one command does to two events, or nothing of either.
   * @throws Stale, Conflict as `save` does
   */
  async function saveBoth(one: Edit, other: Edit): Promise<void> {
    const writes = [...writesOf(one), ...writesOf(other)];
    if (writes.length > MOST_WRITES) throw new Conflict('An event of so many districts cannot be split');
    await transact(writes);
  }

  const put = (item: Record<string, unknown>, condition = {}) => ({
    Put: { TableName: table.name, Item: item, ...condition },
  });

  /** The writes of an edit, each with what it means where its condition fails. */
  function writesOf({ previous, event, version, changes }: Edit): Guarded[] {
    const remove = (key: { pk: string; sk: string }) => ({ Delete: { TableName: table.name, Key: key } });
    const isUnchanged = {
      ConditionExpression: '#event.#version = :version',
      ExpressionAttributeNames: { '#event': 'event', '#version': 'version' },
      ExpressionAttributeValues: { ':version': previous?.version },
    };
    const expiresAt = auditedUntil(version.at);
    const { at, by } = version;
    const line: KeptLine = {
      at,
      by: { id: by.id, name: by.name },
      version: event.version,
      event: { id: event.id, title: event.title, districts: event.districts },
    };
    // Written once, never changed: a later write of the same version fails.
    const audited = [
      put({ ...versionKey(event.id, event.version), type: 'version', ...version, expiresAt }, isAbsent),
      put({ ...auditKey(at, event.id, event.version), type: 'audit', line, expiresAt }, isAbsent),
    ].map((write) => ({
      write,
      failed: () => new Stale('This version is taken: what was done stays as it was written'),
    }));
    const places = agendaKeys(event);
    const isKept = new Set(places.map(({ pk, sk }) => `${pk} ${sk}`));
    const left = previous ? agendaKeys(previous).filter(({ pk, sk }) => !isKept.has(`${pk} ${sk}`)) : [];
    const isRenamed = event.externalId !== previous?.externalId;
    const given = isRenamed && event.externalId;
    const givenUp = isRenamed && previous?.externalId;
    const external = given && { ...externalKey(given), type: 'external', eventId: event.id };
    return [
      {
        write: put({ ...eventKey(event.id), type: 'event', event }, previous ? isUnchanged : isAbsent),
        failed: () => new Stale(`The event is no longer version ${previous?.version ?? 0}`),
      },
      ...(external
        ? [
            {
              write: put(external, isAbsent),
              failed: () => new Conflict(`externalId "${given}" belongs to another event`),
            },
          ]
        : []),
      ...audited,
      ...[
        ...(givenUp ? [remove(externalKey(givenUp))] : []),
        ...places.map((key) => put({ ...key, type: 'agenda', event })),
        ...left.map(remove),
        ...changes.map((change) => put({ ...changeKey(change.district, change.id), type: 'change', change })),
      ].map((write) => ({ write })),
    ];
  }

  const commandOnce = ({ event, version }: Edit, { key, fingerprint, until }: Idempotency): Guarded => ({
    write: put(
      {
        ...idempotencyKey(key),
        type: 'idempotency',
        eventId: event.id,
        fingerprint,
        expiresAt: Math.ceil(until.getTime() / 1000),
      },
      {
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': Math.floor(Date.parse(version.at) / 1000) },
      },
    ),
    failed: () => new Conflict('This Idempotency-Key is in use'),
  });

  /** Runs a transaction. @throws what the first failed condition means */
  async function transact(guarded: Guarded[]): Promise<void> {
    const writes = guarded.map(({ write }) => write);
    for (let attempt = 1; ; attempt++) {
      try {
        await table.client.send(new TransactWriteCommand({ TransactItems: writes }));
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const reasons = error.CancellationReasons ?? [];
        const place = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
        if (place >= 0) throw guarded[place]?.failed?.() ?? error;
        if (attempt === ATTEMPTS || !reasons.some(({ Code }) => Code === 'TransactionConflict')) throw error;
      }
    }
  }

  return { ...reads, findByExternalId, remembered, save, saveBoth };
}
