import { expect, test } from 'vitest';
import { readSettings } from '../../../infra/local/settings.ts';

test('what is not set has its default', () => {
  expect(readSettings({})).toMatchObject({ PORT: 3000, SAMPLE_DATA: 'on', SETTLE_SECONDS: 5 });
});

test.each([
  [{ PORT: 'abc' }, 'PORT must be a whole number, but is "abc"'],
  [{ PORT: '70000' }, 'PORT must be at most 65535'],
  [{ SETTLE_SECONDS: '-1' }, 'SETTLE_SECONDS must be a whole number'],
  [{ SMS_RATE: '0' }, 'SMS_RATE must be at least 1, but is "0"'],
  [{ SAMPLE_DATA: 'maybe' }, 'SAMPLE_DATA must be on or off'],
  [{ DYNAMODB_ENDPOINT: 'nowhere' }, 'DYNAMODB_ENDPOINT must be an http address'],
  [{ DATA_DIR: '' }, 'DATA_DIR must not be empty'],
])('%o stops with one line that names it', (environment, message) => {
  expect(() => readSettings(environment)).toThrow(message);
});
