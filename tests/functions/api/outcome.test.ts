import { beforeEach, describe, expect, test } from 'vitest';
import { eventJson } from '../../../shared/calendars/event-json.ts';
import { edit, withOutcome } from '../../../shared/events/edit-event.ts';
import { anEvent, openDay } from '../../support/an-event.ts';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});

const outcome = { raised: 'Cars race at night', did: 'We check them each Friday', isPublished: false };
const send = async (id: string, body: unknown = outcome, who = api.southend, match = '*') =>
  who('PUT', `/events/${id}/outcome`, { body, headers: { 'if-match': match } });
const held = async () => {
  const { body } = await api.southend('POST', '/events', { body: openDay });
  await api.southend('POST', `/events/${body.id}/publish`, { headers: { 'if-match': '*' } });
  api.clock.now = new Date('2027-02-01T12:00:00Z');
  return body.id as string;
};

describe('you said, we did', () => {
  test('is for officers of the district until it is published', async () => {
    const id = await held();
    expect((await send(id)).body).toMatchObject({ version: 3, sequence: 0, outcome });
    const seen = async (who: typeof api.anybody) => (await who('GET', `/events/${id}`)).body.outcome;
    expect(await seen(api.southend)).toEqual(outcome);
    expect(await seen(api.basildon)).toBeUndefined();
    expect(await seen(api.anybody)).toBeUndefined();
    const listed = (await api.anybody('GET', '/events?from=2027-01-01')).body.items;
    expect(JSON.stringify(listed)).not.toContain('Cars race');
    const event = await api.events.get(id);
    expect(event && eventJson(event, { origin: '' })).not.toContain('Cars race');
    await send(id, { ...outcome, isPublished: true });
    expect(await seen(api.anybody)).toEqual({ ...outcome, isPublished: true });
  });

  test('is kept with the versions and survives an edit', async () => {
    const id = await held();
    await send(id, { ...outcome, isPublished: true });
    const { body } = await api.southend('GET', `/events/${id}`);
    await api.southend('PUT', `/events/${id}`, {
      body: { ...body, title: 'Other' },
      headers: { 'if-match': '*' },
    });
    expect((await api.southend('GET', `/events/${id}`)).body).toMatchObject({
      title: 'Other',
      outcome: { raised: outcome.raised },
    });
    const { items } = (await api.southend('GET', `/events/${id}/history`)).body;
    expect(items[1]).toMatchObject({ action: 'outcome', changes: [{ field: 'outcome' }], bulletins: [] });
  });

  test('is refused of drafts, of what has not begun, of what is cancelled, and to others', async () => {
    const { body: draft } = await api.southend('POST', '/events', { body: openDay });
    expect((await send(draft.id)).status).toBe(409);
    await api.southend('POST', `/events/${draft.id}/publish`, { headers: { 'if-match': '*' } });
    expect((await send(draft.id)).status).toBe(409);
    await api.southend('POST', `/events/${draft.id}/cancel`, {
      body: { reason: 'Flood' },
      headers: { 'if-match': '*' },
    });
    api.clock.now = new Date('2027-02-01T12:00:00Z');
    expect((await send(draft.id)).status).toBe(409);
    const id = await held();
    expect((await send(id, outcome, api.basildon)).status).toBe(403);
    expect((await send(id, outcome, api.anybody)).status).toBe(401);
    expect((await send(id, outcome, api.southend, '"1"')).status).toBe(412);
    expect((await send(id, { ...outcome, raised: 'x'.repeat(2001) })).status).toBe(422);
  });
});

test('nobody is told of it, not even while a series goes on', () => {
  const event = anEvent({ recurrence: { rrule: 'FREQ=WEEKLY' } });
  const now = new Date('2027-02-10T12:00:00Z');
  const by = { id: 'o', name: 'o' };
  const said = withOutcome(event, { ...outcome, isPublished: true }, now);
  expect(edit(event, said, { by, action: 'outcome', now, newId: () => 'x' }).changes).toEqual([]);
});
