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

const ATTEMPTS = 5;

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
  async function save({ previous, event, version, changes }: Edit, idempotency?: Idempotency): Promise<void> {
    const put = (item: Record<string, unknown>, condition = {}) => ({
      Put: { TableName: table.name, Item: item, ...condition },
    });
    const remove = (key: { pk: string; sk: string }) => ({ Delete: { TableName: table.name, Key: key } });
    const isAbsent = { ConditionExpression: 'attribute_not_exists(pk)' };
    const isUnchanged = {
      ConditionExpression: '#event.#version = :version',
      ExpressionAttributeNames: { '#event': 'event', '#version': 'version' },
      ExpressionAttributeValues: { ':version': previous?.version },
    };
    const external: Writes = [];
    if (event.externalId !== previous?.externalId) {
      if (previous?.externalId) external.push(remove(externalKey(previous.externalId)));
      if (event.externalId)
        external.unshift(
          put({ ...externalKey(event.externalId), type: 'external', eventId: event.id }, isAbsent),
        );
    }
    const once: Writes = idempotency
      ? [
          put(
            {
              ...idempotencyKey(idempotency.key),
              type: 'idempotency',
              eventId: event.id,
              fingerprint: idempotency.fingerprint,
              expiresAt: Math.ceil(idempotency.until.getTime() / 1000),
            },
            {
              ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
              ExpressionAttributeValues: { ':now': Math.floor(Date.parse(version.at) / 1000) },
            },
          ),
        ]
      : [];
    const expiresAt = auditedUntil(version.at);
    const { at, by } = version;
    const line: KeptLine = {
      at,
      by: { id: by.id, name: by.name },
      version: event.version,
      event: { id: event.id, title: event.title, districts: event.districts },
    };
    // Written once, never changed: a later write of the same version fails.
    const audited: Writes = [
      put({ ...versionKey(event.id, event.version), type: 'version', ...version, expiresAt }, isAbsent),
      put({ ...auditKey(at, event.id, event.version), type: 'audit', line, expiresAt }, isAbsent),
    ];
    const places = agendaKeys(event);
    const isKept = new Set(places.map(({ pk, sk }) => `${pk} ${sk}`));
    const left = previous ? agendaKeys(previous).filter(({ pk, sk }) => !isKept.has(`${pk} ${sk}`)) : [];
    const guards = [
      { error: () => new Stale(`The event is no longer version ${previous?.version ?? 0}`), count: 1 },
      {
        error: () => new Conflict(`externalId "${event.externalId}" belongs to another event`),
        count: external.length,
      },
      { error: () => new Conflict('This Idempotency-Key is in use'), count: once.length },
      {
        error: () => new Stale('This version is taken: what was done stays as it was written'),
        count: audited.length,
      },
    ];
    await transact(
      [
        put({ ...eventKey(event.id), type: 'event', event }, previous ? isUnchanged : isAbsent),
        ...external,
        ...once,
        ...audited,
        ...places.map((key) => put({ ...key, type: 'agenda', event })),
        ...left.map(remove),
        ...changes.map((change) => put({ ...changeKey(change.district, change.id), type: 'change', change })),
      ],
      guards.flatMap(({ error, count }) => Array.from({ length: count }, () => error)),
    );
  }

  /** Runs a transaction; the guard at the place of a failed condition says what it means. */
  async function transact(writes: Writes, guards: (() => Error)[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await table.client.send(new TransactWriteCommand({ TransactItems: writes }));
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const reasons = error.CancellationReasons ?? [];
        const failed = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
        if (failed >= 0) throw guards[failed]?.() ?? error;
        if (attempt === ATTEMPTS || !reasons.some(({ Code }) => Code === 'TransactionConflict')) throw error;
      }
    }
  }

  return { ...reads, findByExternalId, remembered, save };
}
