import { globSync, readFileSync } from 'node:fs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { edit, published } from '../../../shared/events/edit-event.ts';
import { auditKey, eventKey, versionKey } from '../../../shared/events/event-keys.ts';
import { eventStore } from '../../../shared/events/event-store.ts';
import { Stale } from '../../../shared/runtime/errors.ts';
import { aDraft } from '../../support/an-event.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const now = new Date('2027-01-04T10:00:00Z');
const by = { id: 'sergeant', name: 'A Sergeant' };
const until = Date.parse('2034-01-04T10:00:00Z') / 1000;

test('what was done cannot be written again, even where the event itself was put back', async () => {
  const { table } = dynoxide;
  const store = eventStore(table);
  const draft = aDraft({}, 'event');
  const step = (
    what: 'create' | 'publish',
    previous: typeof draft | undefined,
    event: typeof draft,
    at = now,
  ) => edit(previous, event, { by, action: what, now: at, newId: () => `${Math.random()}` });
  await store.save(step('create', undefined, draft));
  const event = published(draft, now);
  await store.save(step('publish', draft, event));
  const kept = await table.getAll([versionKey('event', 2), auditKey(now.toISOString(), 'event', 2)]);
  await table.client.send(
    new PutCommand({ TableName: table.name, Item: { ...eventKey('event'), type: 'event', event: draft } }),
  );
  await expect(
    store.save(step('publish', draft, published({ ...draft, title: 'Other' }, now))),
  ).rejects.toThrow(Stale);
  expect(await store.get('event')).toEqual(draft);
  expect(await table.getAll([versionKey('event', 2), auditKey(now.toISOString(), 'event', 2)])).toEqual(kept);
  expect(kept.map(({ expiresAt }) => expiresAt)).toEqual([until, until]);
});

test('only one place writes what was done, and it puts it where nothing is', () => {
  const writers = globSync('{functions,shared,infra}/**/*.ts', {
    cwd: new URL('../../../', import.meta.url),
  }).filter((path) =>
    /\b(versionKey|auditKey|auditPartition)\b/.test(
      readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'),
    ),
  );
  expect(writers.sort()).toEqual([
    'shared/events/audit-trail.ts',
    'shared/events/event-keys.ts',
    'shared/events/version-writes.ts',
  ]);
  const writer = readFileSync(new URL('../../../shared/events/version-writes.ts', import.meta.url), 'utf8');
  expect(writer.match(/\b[A-Z]\w+: .*table.name.*/g)).toEqual([
    "Put: { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },",
  ]);
  const reader = readFileSync(new URL('../../../shared/events/audit-trail.ts', import.meta.url), 'utf8');
  expect(reader).not.toMatch(/Put|Update|Delete|Write/);
});
