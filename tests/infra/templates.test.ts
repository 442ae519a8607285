import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { expect, test } from 'vitest';
import { templates } from '../../infra/templates.ts';
import greeting from './greeting.njk';

test('a template is compiled with the GOV.UK components it uses', () => {
  expect(greeting({ words: 'Get told' })).toMatch(/<a href="\/subscribe"[^>]*class="govuk-button"/);
});

test('everything a template prints is escaped', () => {
  const page = greeting({ words: '<script>alert(1)</script>"' });
  expect(page).not.toContain('<script>');
  expect(page).toContain('&lt;script&gt;');
});

test('a bundle holds every template it needs, and no compiler', async () => {
  const { outputFiles, warnings } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL('greeting.njk', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [templates],
  });
  expect(warnings).toEqual([]);
  const code = outputFiles[0]?.text ?? '';
  expect(code).not.toContain('parseSignature');
  const bundled = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  expect(bundled.default({ words: 'Get told' })).toBe(greeting({ words: 'Get told' }));
});
