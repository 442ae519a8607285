import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type VenueBook, venueBook } from '../../../shared/desk/venue-book.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeVenueBook } from '../../support/fakes/venue-book.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

let run = 0;
const library = {
  name: 'The Forum',
  address: 'Elmer Square',
  postcode: 'SS1 1NS',
  access: ['step-free' as const],
};

describe.each([
  ['in memory', (): VenueBook => fakeVenueBook()],
  ['in the table', (): VenueBook => venueBook(dynoxide.table)],
])('a venue book %s', (_where, open) => {
  let book: VenueBook;
  let [here, there]: [string, string] = ['', ''];
  beforeEach(() => {
    book = open();
    run++;
    [here, there] = [`here-${run}`, `there-${run}`];
  });

  test('knows the places of each district by name, each once', async () => {
    await book.learn({ venue: { ...library, name: 'Zoo' }, districts: [here, there] });
    await book.learn({ venue: library, districts: [here] });
    expect((await book.of([here, there])).map(({ name }) => name)).toEqual(['The Forum', 'Zoo']);
    expect((await book.of([there])).map(({ name }) => name)).toEqual(['Zoo']);
    expect(await book.of(['nowhere'])).toEqual([]);
  });

  test('holds what was said last of a place, however its name was typed', async () => {
    await book.learn({ venue: library, districts: [here] });
    await book.learn({
      venue: { ...library, name: 'the  forum', postcode: 'ss11ns', access: ['bsl'] },
      districts: [here],
    });
    expect(await book.of([here])).toMatchObject([{ name: 'the  forum', access: ['bsl'] }]);
  });

  test('learns nothing of an event that is nowhere', async () => {
    await book.learn({ venue: undefined, districts: [here] });
    expect(await book.of([here])).toEqual([]);
  });
});
