import { Stale } from '../runtime/errors.ts';
import type { Table } from '../table/table.ts';
import type { Guarded } from '../table/transact.ts';
import { auditedUntil, type KeptLine } from './audit-trail.ts';
import type { Version } from './edit-event.ts';
import type { Event } from './event.ts';
import { auditKey, versionKey } from './event-keys.ts';

/** What was done to an event, and its line in the audit trail: written once, a later write of the same version fails. */
export function versionWrites(
  table: Pick<Table, 'name'>,
  { id, title, districts }: Pick<Event, 'id' | 'title' | 'districts'>,
  version: Version,
): Guarded[] {
  const { at, by } = version;
  const expiresAt = auditedUntil(at);
  const line: KeptLine = {
    at,
    by: { id: by.id, name: by.name },
    version: version.version,
    event: { id, title, districts },
  };
  return [
    { ...versionKey(id, version.version), type: 'version', ...version, expiresAt },
    { ...auditKey(at, id, version.version), type: 'audit', line, expiresAt },
  ].map((item) => ({
    write: {
      Put: { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
    },
    failed: () => new Stale('This version is taken: what was done stays as it was written'),
  }));
}
