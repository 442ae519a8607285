import * as esbuild from 'esbuild';
import { expect, test } from 'vitest';
import { assets } from '../../infra/assets.ts';
import { nodeModulesWhenUsed } from '../../infra/node-modules.ts';
import { onDemand } from '../../infra/on-demand.ts';
import { ukNumbers } from '../../infra/uk-numbers.ts';

async function bundleOf(contents: string, plugin: esbuild.Plugin) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: [plugin],
  });
  return outputFiles[0]?.text ?? '';
}
const load = (code: string) => import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);

test("Node's own modules are there however they are imported, once they are used", async () => {
  const code = await bundleOf(
    `import { createHash } from 'node:crypto';
     import http from 'http';
     import * as path from 'node:path';
     import { EventEmitter } from 'node:events';
     export class Own extends EventEmitter {}
     export const hash = () => createHash('sha256').update('a').digest('hex').slice(0, 6);
     export const more = () => [http.METHODS.includes('GET'), path.join('a', 'b')];`,
    nodeModulesWhenUsed,
  );
  expect(code).not.toMatch(/^import /m);
  const { hash, more, Own } = await load(code);
  expect(hash()).toBe('ca9781');
  expect(more()).toEqual([true, 'a/b']);
  expect(new Own().emit('nothing')).toBe(false);
});

test('numbers of +44 are known, and those of no other country', async () => {
  const code = await bundleOf(
    `import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';
     export const parse = (written) => parsePhoneNumberFromString(written, { defaultCountry: 'GB' });`,
    ukNumbers,
  );
  const { parse } = await load(code);
  expect(parse('07912 345678')).toMatchObject({ number: '+447912345678', country: 'GB' });
  expect(parse('+44 7781 100100').isValid()).toBe(true);
  expect(parse('+33 6 12 34 56 78')).toBeUndefined();
  expect(code.length).toBeLessThan(100_000);
});

test('a package that is rarely needed is not in the bundle', async () => {
  const code = await bundleOf(
    `import { RRuleTemporal } from 'rrule-temporal'; export const rule = () => new RRuleTemporal({});`,
    onDemand,
  );
  expect(code.length).toBeLessThan(2_000);
  expect(code).toContain('./rrule-temporal.mjs');
});

test('what browsers are sent is in no bundle, only its address', async () => {
  const files = new Map<string, string | Uint8Array>();
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `import icon from '../../shared/views/icon.svg?asset'; export { icon };`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    outdir: 'dist',
    plugins: [assets({ look: { colour: '#0b2f5c' } }, files)],
  });
  const [[path, icon] = []] = files;
  expect(path).toMatch(/^\/assets\/icon-[\w-]{10}\.svg$/);
  expect(icon).toContain('<svg');
  expect(outputFiles.map(({ text }) => text).join()).toContain(path);
  expect(outputFiles.map(({ text }) => text).join()).not.toContain('<svg');
});
