import { expect, it } from 'vitest';
import { build } from '../../infra/build.ts';

it('refuses a force that has no file before it bundles anything', async () => {
  await expect(build({ force: 'atlantis' })).rejects.toThrow('there is no force "atlantis"');
});
