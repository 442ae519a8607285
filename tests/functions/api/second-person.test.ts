import { beforeEach, expect, test } from 'vitest';
import { secondPerson } from '../../../shared/desk/second-person.ts';
import { Conflict, Forbidden } from '../../../shared/runtime/errors.ts';
import { openDay } from '../../support/an-event.ts';
import { twoPersonForce } from '../../support/two-person-force.ts';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
let second: ReturnType<typeof secondPerson>;
beforeEach(() => {
  api = apiUnderTest({ now: new Date('2027-01-05T12:00:00Z') }, twoPersonForce);
  second = secondPerson(api.deps);
});
type Who = ReturnType<typeof api.as>;
const officer = (name: string) => api.deps.verify(name);
const create = async (who: Who = api.southend, members: Record<string, unknown> = {}) =>
  (await who('POST', '/events', { body: { ...openDay, ...members } })).body;
const publish = (who: Who, id: string, version = 1) =>
  who('POST', `/events/${id}/publish`, { headers: { 'if-match': `"${version}"` } });
const submit = async (name: string, id: string) =>
  second.submit(await officer(name), (await api.events.get(id)) as never);
const giveBack = async (name: string, id: string, note = 'Which door?') =>
  second.giveBack(await officer(name), (await api.events.get(id)) as never, note);

test('an officer does not publish alone, and is told what to do', async () => {
  const { id } = await create();
  expect(await publish(api.southend, id)).toMatchObject({
    status: 403,
    body: { detail: 'A supervisor must approve it before it is published: submit it' },
  });
  expect((await api.anybody('GET', `/events/${id}`)).status).toBe(404);
});

test('a supervisor publishes what an officer submitted, and the history names both', async () => {
  const { id } = await create();
  await submit('southend', id);
  expect(await publish(api.supervisor, id)).toMatchObject({ status: 200, body: { status: 'published' } });
  const { body } = await api.southend('GET', `/events/${id}/history`);
  expect(body.items[0]).toMatchObject({ by: 'supervisor', notes: 'Submitted by southend' });
  expect(await second.waitingFor(await officer('chief'))).toEqual([]);
});

test('nobody approves their own: neither what they submitted, nor what they wrote and nobody submitted', async () => {
  const { id } = await create(api.supervisor);
  expect(await publish(api.supervisor, id)).toMatchObject({
    status: 403,
    body: { detail: 'You wrote it: another supervisor must approve it' },
  });
  await submit('supervisor', id);
  expect(await publish(api.supervisor, id)).toMatchObject({
    status: 403,
    body: { detail: 'You submitted it: another supervisor must approve it' },
  });
  expect((await publish(api.chief, id)).status).toBe(200);
});

test('a change takes a submission back', async () => {
  const { id } = await create();
  await submit('southend', id);
  await api.supervisor('PUT', `/events/${id}`, {
    body: { ...openDay, title: 'My own words' },
    headers: { 'if-match': '"1"' },
  });
  expect(await second.waitingFor(await officer('chief'))).toEqual([]);
  expect((await publish(api.supervisor, id, 2)).status).toBe(403);
  await submit('southend', id);
  expect((await publish(api.supervisor, id, 2)).status).toBe(200);
});

test('what is returned waits for nobody, is not published as it is, and can be submitted again once changed', async () => {
  const { id } = await create();
  await submit('southend', id);
  await giveBack('supervisor', id);
  expect(await second.waitingFor(await officer('supervisor'))).toEqual([]);
  expect(await publish(api.chief, id)).toMatchObject({
    status: 403,
    body: { detail: 'supervisor has returned it: change it' },
  });
  await expect(giveBack('supervisor', id)).rejects.toThrow(Conflict);
  await api.southend('PUT', `/events/${id}`, {
    body: { ...openDay, title: 'By the front door' },
    headers: { 'if-match': '"1"' },
  });
  await submit('southend', id);
  expect((await publish(api.supervisor, id, 2)).status).toBe(200);
});

test('only supervisors return, only what waits; nobody submits twice, or for another district', async () => {
  const { id } = await create();
  await expect(giveBack('supervisor', id)).rejects.toThrow(Conflict);
  await expect(submit('basildon', id)).rejects.toThrow(Forbidden);
  await submit('southend', id);
  await expect(submit('southend', id)).rejects.toThrow(Conflict);
  await expect(giveBack('southend', id)).rejects.toThrow(Forbidden);
  expect(await second.waitingFor(await officer('supervisor'))).toMatchObject([{ event: { id } }]);
  expect(await second.waitingFor(await officer('southend'))).toEqual([]);
});

test('an edit makes nothing public that was not', async () => {
  const { id } = await create(api.southend, { audience: 'internal' });
  await submit('southend', id);
  await publish(api.supervisor, id);
  const opened = await api.chief('PUT', `/events/${id}`, {
    body: { ...openDay, audience: 'public' },
    headers: { 'if-match': '"2"' },
  });
  expect(opened.status).toBe(403);
});

test('an import leaves drafts, and says so', async () => {
  const csv = [
    'externalId,title,kind,districts,team,start,end,audience,publish',
    'A,Talk,talk,southend,southend-cpt,2027-01-30T10:00,2027-01-30T11:00,public,yes',
  ].join('\n');
  const send = (body: string) =>
    api.supervisor('POST', '/imports', { body, headers: { 'content-type': 'text/csv' } });
  const { body } = await send(csv);
  expect(body).toMatchObject({
    created: 1,
    rows: [{ warnings: [{ column: 'publish', message: 'stays a draft until a second person approves it' }] }],
  });
  expect(await api.events.findByExternalId('A')).toMatchObject({ status: 'draft' });
  expect((await send(csv)).body).toMatchObject({ unchanged: 1 });
});

test('an import opens no internal event to the public', async () => {
  const { id } = await create(api.southend, { audience: 'internal', externalId: 'B' });
  await submit('southend', id);
  await publish(api.supervisor, id);
  const { body } = await api.supervisor('POST', '/imports', {
    body: [
      'externalId,title,kind,districts,team,start,end,audience',
      'B,Talk,talk,southend,southend-cpt,2027-01-30T10:00,2027-01-30T11:00,public',
    ].join('\n'),
    headers: { 'content-type': 'text/csv' },
  });
  expect(body).toMatchObject({ failed: 1, updated: 0 });
});

test('calling off needs no second person: it cannot wait', async () => {
  const { id } = await create();
  await submit('southend', id);
  await publish(api.supervisor, id);
  const answer = await api.southend('POST', `/events/${id}/cancel`, {
    body: { reason: 'The hall is flooded' },
    headers: { 'if-match': '"2"' },
  });
  expect(answer.status).toBe(200);
});
