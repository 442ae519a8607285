import { beforeEach, expect, test } from 'vitest';
import { edit, revised } from '../../../shared/events/edit-event.ts';
import { aDraft, inputOf } from '../../support/an-event.ts';
import { twoPersonForce } from '../../support/two-person-force.ts';
import { fieldsIn } from './fields-in.ts';
import { someConsole } from './some-console.ts';

let desk: ReturnType<typeof someConsole>;
let southend: Awaited<ReturnType<typeof desk.as>>;
let supervisor: typeof southend;
beforeEach(async () => {
  desk = someConsole({ force: twoPersonForce });
  southend = await desk.as('southend');
  supervisor = await desk.as('supervisor');
  await desk.given(aDraft());
});
const at = '/console/events/open-day';
const status = async () => (await desk.events.get('open-day'))?.status;
const submit = (who = southend, version = '1') => who.post(`${at}/submit`, { version });

test('an officer submits, a supervisor finds it in the list and publishes it', async () => {
  const before = await southend.get(`${at}/publish`);
  expect(before.html).not.toContain(`action="${at}/publish"`);
  expect(before.words).toContain('Submit for approval');
  expect((await submit()).location).toBe(`${at}/publish`);
  expect((await southend.get(`${at}/publish`)).words).toContain(
    'Submitted by southend person. It waits for a supervisor.',
  );
  expect((await supervisor.get('/console')).html).toContain('href="/console/waiting"');
  expect((await supervisor.get('/console/waiting')).html).toContain(`${at}/publish`);
  expect((await supervisor.get(`${at}/publish`)).words).toContain('Approve and publish');
  expect((await supervisor.post(`${at}/publish`, { version: '1' })).location).toContain('/done?version=2');
  expect(await status()).toBe('published');
  expect((await supervisor.get('/console/waiting')).words).toContain('Nothing waits for you.');
  expect((await southend.get(at)).words).toContain('Submitted by southend person');
});

test('a supervisor returns it with a note, which the officer reads', async () => {
  await submit();
  const empty = await supervisor.post(`${at}/return`, { version: '1', note: ' ' });
  expect(empty.status).toBe(422);
  expect(empty.words).toContain('Say what to change');
  await supervisor.post(`${at}/return`, { version: '1', note: 'Which door?' });
  const { words } = await southend.get(`${at}/publish`);
  expect(words).toContain('supervisor person returned it: Which door?');
  expect(words).toContain('Submit for approval');
  expect((await supervisor.get('/console/waiting')).words).toContain('Nothing waits for you.');
});

test('what was returned is changed in the form, submitted again and approved', async () => {
  await submit();
  await supervisor.post(`${at}/return`, { version: '1', note: 'Which door?' });
  const form = fieldsIn((await southend.get(`${at}/edit`)).html);
  const saved = await southend.post(`${at}/edit`, { ...form, summary: 'By the front door', next: 'publish' });
  expect(saved.location).toBe(`${at}/publish`);
  expect((await southend.get(saved.location)).words).toContain('Submit for approval');
  await submit(southend, '2');
  expect((await supervisor.post(`${at}/publish`, { version: '2' })).status).toBe(303);
  expect(await status()).toBe('published');
});

test('nobody approves their own, also by a form made up', async () => {
  expect((await southend.post(`${at}/publish`, { version: '1' })).status).toBe(403);
  await submit(supervisor);
  const own = await supervisor.get(`${at}/publish`);
  expect(own.html).not.toContain(`action="${at}/publish"`);
  expect(own.words).toContain('It waits for another supervisor.');
  expect((await supervisor.post(`${at}/publish`, { version: '1' })).status).toBe(403);
  expect(await status()).toBe('draft');
  const chief = await desk.as('chief');
  expect((await chief.post(`${at}/publish`, { version: '1' })).status).toBe(303);
});

test('a change takes it back: what is approved is what was submitted', async () => {
  await submit();
  const before = aDraft();
  await desk.events.save(
    edit(before, revised(before, inputOf({ title: 'Other words' }), desk.clock.now), {
      by: { id: 'sub-southend', name: 'southend person' },
      action: 'edit',
      now: desk.clock.now,
      newId: desk.newId,
    }),
  );
  expect((await supervisor.get('/console/waiting')).words).toContain('Nothing waits for you.');
  const late = await supervisor.post(`${at}/publish`, { version: '1' });
  expect(late).toMatchObject({ status: 412 });
  expect(late.words).toContain('Other words');
  expect(await status()).toBe('draft');
  expect((await submit()).status, 'of what is no longer so').toBe(412);
});

test('submitting twice is submitting once', async () => {
  await submit();
  expect((await submit()).status).toBe(303);
  expect(await desk.submissions.all()).toHaveLength(1);
});

test('who is no longer a supervisor approves nothing more, within minutes', async () => {
  await submit();
  expect((await supervisor.get(`${at}/publish`)).words).toContain('Approve and publish');
  const person = desk.people.get('supervisor');
  if (person) person.groups = ['officer', 'district:southend'];
  desk.clock.now = new Date(desk.clock.now.getTime() + 6 * 60_000);
  expect((await supervisor.post(`${at}/publish`, { version: '1' })).status).toBe(403);
  expect((await supervisor.post(`${at}/return`, { version: '1', note: 'x' })).status).toBe(403);
  expect((await supervisor.get('/console/waiting')).status).toBe(403);
  expect(await status()).toBe('draft');
});

test('officers have no list, and a force that wants one person has none of this', async () => {
  expect((await southend.get('/console/waiting')).status).toBe(403);
  const other = someConsole();
  await other.given(aDraft());
  const alone = await other.as('supervisor');
  expect((await alone.get('/console')).html).not.toContain('/console/waiting');
  expect((await alone.post(`${at}/submit`, { version: '1' })).status).toBe(409);
});

test('another district’s officer neither submits nor looks', async () => {
  const basildon = await desk.as('basildon');
  expect((await submit(basildon)).status).toBe(404);
});
