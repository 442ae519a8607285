import { describe, expect, test } from 'vitest';
import { accept } from '../../../shared/http/request.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import { preferencesInput, readProof, wishInput } from '../../../shared/subscriptions/wish.ts';

import { essex as force } from '../../support/essex.ts';
import { succeeding } from '../../support/succeeding.ts';

const wish = (sent: Record<string, unknown>) =>
  accept(wishInput(force), {
    channel: 'email',
    address: 'ann@example.com',
    districts: ['southend'],
    ...sent,
  });
const text = (address: unknown) =>
  accept(wishInput(force), { channel: 'sms', address, districts: ['southend'] });

function faultsOf(accepting: () => unknown) {
  try {
    accepting();
  } catch (error) {
    if (error instanceof Invalid) return error.faults;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('what a resident may ask for', () => {
  test('an e-mail comes at once, a text when it is urgent, and nobody is reminded who did not ask', () => {
    expect(wish({})).toMatchObject({ frequency: 'immediately', reminders: false, kinds: [], follows: [] });
    expect(text('07700 900123')).toMatchObject({ frequency: 'urgent', reminders: false });
  });

  test.each([
    ['07700 900123', '+447700900123'],
    ['07700900999', '+447700900999'],
    ['+447700900000', '+447700900000'],
    ['0044 7700 900123', '+447700900123'],
    ['+44 (0)7700 900123', '+447700900123'],
    ['07700-900-123', '+447700900123'],
    [' 07400 123456 ', '+447400123456'],
    ['07911 123456', '+447911123456'],
  ])('%s is a mobile number', (written, number) => {
    expect(text(written).address).toBe(number);
  });

  test.each([
    '01702 123456',
    '020 7946 0958',
    '07012 345678',
    '07640 123456',
    '+33 6 12 34 56 78',
    '+1 202 555 0123',
    '07700 900123 ext 5',
    '07700 9001234',
    '07700 90012',
    'call 07700 900123',
    '999',
    '',
  ])('%s is not one', (written) => {
    expect(faultsOf(() => text(written))).toEqual([
      { pointer: '/address', message: 'must be a UK mobile number, such as 07700 900123' },
    ]);
  });

  test.each([
    [' Ann.Other@Example.COM ', 'ann.other@example.com'],
    ["o'brien+police@mail.example.co.uk", "o'brien+police@mail.example.co.uk"],
    ['bounce+x@simulator.amazonses.com', 'bounce+x@simulator.amazonses.com'],
  ])('%s is an e-mail address', (written, address) => {
    expect(wish({ address: written }).address).toBe(address);
  });

  test.each([
    'ann',
    'ann@example',
    'ann@@example.com',
    'ann@example.com, bob@example.com',
    'Ann <ann@example.com>',
    'ann@example.com\r\nBcc: bob@example.com',
    `${'a'.repeat(65)}@example.com`,
    '',
  ])('%j is not one', (address) => {
    expect(faultsOf(() => wish({ address }))).toMatchObject([{ pointer: '/address' }]);
  });

  test('every fault is named at once', () => {
    const sent = {
      districts: ['southend', 'atlantis'],
      kinds: ['rave'],
      frequency: 'urgent',
      reminders: 1,
      age: 7,
    };
    expect(faultsOf(() => wish(sent))).toMatchObject([
      { pointer: '/districts/1', message: '"atlantis" is not a district of Essex Police' },
      { pointer: '/kinds/0' },
      { pointer: '/frequency' },
      { pointer: '/reminders' },
      { pointer: '/age', message: 'is not a known member' },
    ]);
  });

  test.each([
    [{ channel: 'fax' }, '/channel'],
    [{ channel: undefined }, '/channel'],
    [{ address: undefined }, '/address'],
    [{ districts: undefined }, '/districts'],
    [{ districts: [] }, '/districts'],
    [{ districts: 'southend' }, '/districts'],
  ])('%j is refused at %s', (sent, pointer) => {
    expect(faultsOf(() => wish(sent))).toMatchObject([{ pointer }]);
  });

  test('those who want the same are found to, however they wrote it', () => {
    const one = wish({ districts: ['southend', 'basildon', 'southend'], kinds: ['talk', 'open-day'] });
    const other = wish({ districts: ['basildon', 'southend'], kinds: ['open-day', 'talk', 'talk'] });
    expect(one).toEqual(other);
  });
});

describe('what may be changed', () => {
  const change = (sent: unknown) => accept(preferencesInput(force, 'sms'), sent);

  test('only what is named', () => {
    expect(change({ kinds: [] })).toEqual({ kinds: [] });
    expect(change({})).toEqual({});
    expect(change({ follows: ['01K', '01K'] })).toEqual({ follows: ['01K'] });
  });

  test('neither the address nor to something the channel has not got', () => {
    const sent = { address: 'x', frequency: 'weekly', districts: [] };
    expect(
      faultsOf(() => change(sent))
        .map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(['/address', '/districts', '/frequency']);
  });
});

describe('a proof', () => {
  test('is a token, or a code with its address', () => {
    expect(readProof({ token: 'a.b' })).toEqual({ token: 'a.b' });
    expect(readProof({ address: '07700 900123', code: '123 456' })).toEqual({
      channel: 'sms',
      address: '+447700900123',
      code: '123456',
    });
    expect(readProof({ address: 'Ann@example.com', code: '000000' })).toMatchObject({ channel: 'email' });
  });

  test.each([
    [{}, ['/address', '/code']],
    [{ token: 1 }, ['/token']],
    [{ token: 'a', code: '123456' }, ['/code']],
    [{ address: '01702 123456', code: '12' }, ['/address', '/code']],
    ['token', ['']],
  ])('%j is none', (sent, pointers) => {
    expect(faultsOf(() => readProof(sent)).map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

test('nobody can ask for a district that ended, and learns what it is now', () => {
  const on = (date: string) =>
    wishInput(succeeding, () => new Date(date)).safeParse({
      channel: 'email',
      address: 'ann@example.com',
      districts: ['rochford'],
    });
  expect(on('2028-03-31T22:59:59Z').data?.districts).toEqual(['rochford']);
  expect(on('2028-03-31T23:00:00Z').error?.issues).toMatchObject([
    {
      path: ['districts', 0],
      message: '"rochford" ended on 2028-03-31: from then on it is "southend"',
    },
  ]);
});
