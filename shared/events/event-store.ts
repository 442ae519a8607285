import { Conflict, Stale } from '../runtime/errors.ts';
import type { Table } from '../table/table.ts';
import { type Guarded, transact } from '../table/transact.ts';
import type { Edit, Withdrawal } from './edit-event.ts';
import type { Event } from './event.ts';
import { agendaKeys, changeKey, eventKey, externalKey, idempotencyKey } from './event-keys.ts';
import { eventReads } from './event-reads.ts';
import { expectOneStep } from './one-step.ts';
import { versionWrites } from './version-writes.ts';

export type EventStore = ReturnType<typeof eventStore>;

/** A command a client may repeat: its key, what it said, and until when it is remembered. */
export type Idempotency = { key: string; fingerprint: string; until: Date };

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
    await transact(table, [...writesOf(edit), ...(idempotency ? [commandOnce(edit, idempotency)] : [])]);
  }

  /**
   * Keeps what one command does to two events, or nothing of either.
   * @throws Stale, Conflict as `save` does
   */
  async function saveBoth(one: Edit, other: Edit): Promise<void> {
    expectOneStep(one, other);
    await transact(table, [...writesOf(one), ...writesOf(other)]);
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
    const audited = versionWrites(table, event, version);
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

  /**
   * Takes a draft out of the lists and away for good. Its history stays, with who removed it.
   * @throws Stale when it is no longer as it was
   */
  async function withdraw({ draft, version }: Withdrawal): Promise<void> {
    const names = draft.externalId ? [externalKey(draft.externalId)] : [];
    await transact(table, [
      {
        write: {
          Delete: {
            TableName: table.name,
            Key: eventKey(draft.id),
            ConditionExpression: '#event.#version = :version',
            ExpressionAttributeNames: { '#event': 'event', '#version': 'version' },
            ExpressionAttributeValues: { ':version': draft.version },
          },
        },
        failed: () => new Stale('Somebody has changed the draft meanwhile'),
      },
      ...versionWrites(table, draft, version),
      ...[...names, ...agendaKeys(draft)].map((place) => ({
        write: { Delete: { TableName: table.name, Key: place } },
      })),
    ]);
  }

  return { ...reads, findByExternalId, remembered, save, saveBoth, withdraw };
}
