import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { postcodesIo } from '../../../functions/site/find/postcodes-io.ts';
import { someSite } from './some-site.ts';

let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** A service that speaks postcodes.io's documented JSON. */
async function postcodes(answer: (path: string) => { status: number; body?: unknown; afterMs?: number }) {
  const server = createServer((request, response) => {
    const { status, body, afterMs = 0 } = answer(decodeURIComponent(request.url ?? ''));
    setTimeout(
      () => response.writeHead(status).end(JSON.stringify({ status, result: body })),
      afterMs,
    ).unref();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return postcodesIo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const inSouthend = {
  postcode: 'SS1 1DG',
  admin_district: 'Southend-on-Sea',
  codes: { admin_district: 'E06000033' },
};

test.each(['Southend-on-Sea', ' southend on sea ', 'southend', 'SOUTHEND'])(
  '%j leads to Southend',
  async (place) => {
    const { post } = await someSite();
    const answer = await post('/find', { place });
    expect(answer).toMatchObject({ status: 303, headers: { location: '/southend' } });
  },
);

test.each(['SS1 1DG', 'ss11dg', ' ss1  1dg '])('the postcode %j leads to its district', async (place) => {
  const lookUp = await postcodes((path) => ({
    status: path === '/postcodes/SS1 1DG' ? 200 : 404,
    body: inSouthend,
  }));
  const { post } = await someSite({ lookUp });
  expect((await post('/find', { place })).headers.location).toBe('/southend');
});

test.each([
  ['a postcode of another county', { status: 200, body: { codes: { admin_district: 'E09000001' } } }],
  ['no such postcode', { status: 404 }],
  ['a service that fails', { status: 500 }],
  ['a service that says something else', { status: 200, body: 'hello' }],
  ['a service that is slow', { status: 200, body: inSouthend, afterMs: 10_000 }],
])('%s leads to the list, within 2 seconds and without a word in the log', async (_what, answer) => {
  const written = vi.spyOn(process.stdout, 'write');
  const { post } = await someSite({ lookUp: await postcodes(() => answer) });
  const begin = performance.now();
  const { status, words, html } = await post('/find', { place: 'SS1 1DG' });
  expect(performance.now() - begin).toBeLessThan(2_000);
  expect(status).toBe(200);
  expect(words).toContain('We could not find that');
  expect(html).toContain('href="/southend"');
  expect(html).toContain('value="SS1 1DG"');
  expect(written.mock.calls.flat().join()).not.toMatch(/SS1/);
  written.mockRestore();
});

test('a place that is none, nothing at all, and no service lead to the list', async () => {
  const { post } = await someSite();
  expect((await post('/find', { place: 'Atlantis' })).words).toContain('Choose your district');
  expect((await post('/find', { place: 'SS1 1DG' })).words).toContain('Choose your district');
  const empty = await post('/find', { place: ' ' });
  expect(empty.status).toBe(422);
  expect(empty.words).toContain('Enter a postcode');
  expect(empty.html).toContain('href="#place"');
});
