import { beforeEach, expect, test } from 'vitest';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});

test('an officer has the dashboard of the own districts, a supervisor that of all', async () => {
  api.deps.counters.set('2027-01', 'EVENTS#southend', { times: 3 });
  api.deps.counters.set('2027-01', 'EVENTS#basildon', { times: 5 });
  const own = (await api.southend('GET', '/reports/dashboard')).body;
  expect(own).toMatchObject({ from: '2026-02', to: '2027-01', districts: ['southend'], total: { times: 3 } });
  expect((await api.supervisor('GET', '/reports/dashboard')).body.total.times).toBe(8);
  expect((await api.supervisor('GET', '/reports/dashboard?district=basildon')).body.total.times).toBe(5);
});

test('another district’s is refused, and to nobody any is shown', async () => {
  expect((await api.southend('GET', '/reports/dashboard?district=basildon')).status).toBe(403);
  expect((await api.anybody('GET', '/reports/dashboard')).status).toBe(401);
});

test.each([
  'from=2027-13',
  'from=2027-05&to=2027-04',
  'from=2025-01&to=2027-01',
  'from=1990-01&to=1990-02',
  'district=atlantis',
])('%s is not accepted', async (query) => {
  expect((await api.supervisor('GET', `/reports/dashboard?${query}`)).status).toBe(422);
});

test('it comes as a table, too', async () => {
  const answer = await api.southend('GET', '/reports/dashboard?from=2027-01', {
    headers: { accept: 'text/csv' },
  });
  expect(answer).toMatchObject({
    status: 200,
    headers: { 'content-disposition': 'attachment; filename="dashboard-2027-01-2027-12.csv"' },
  });
});
