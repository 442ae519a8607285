import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { bundled } from '../../infra/build.ts';

const folder = mkdtempSync(join(tmpdir(), 'streetmeet-files-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sources = {
  'handler.ts': `import { hash } from './hash.ts';
    import { Missing, count } from './shared.ts';
    import { word } from './word.ts';
    // As one that reads a secret before it can answer.
    const { look } = await import('./later.ts');
    export const handler = async () => {
      try {
        return look(hash('a'));
      } catch (error) {
        return { isMissing: error instanceof Missing, message: error.message, counted: count(), word };
      }
    };`,
  'later.ts': `import { hash } from './hash.ts';
    import { Missing, count } from './shared.ts';
    import { word } from './word.ts';
    export function look(given) {
      count();
      if (given === hash('a')) throw new Missing(word);
    }`,
  'hash.ts': `import { createHash } from 'node:crypto';
    export const hash = (text) => createHash('sha256').update(text).digest('hex');`,
  'shared.ts': `let counted = 0;
    export const count = () => ++counted;
    export class Missing extends Error {}`,
  'word.ts': `export const word = ['there', 'is', 'nothing'].join(' ');`,
};

test.each([false, true])(
  'what a function always loads and shares is one file, and what it loads later shares it; maps: %s',
  async (withMaps) => {
    const made = join(folder, `made-${withMaps}`);
    mkdirSync(made, { recursive: true });
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
    const { outputFiles } = await bundled(join(folder, 'handler.ts'), made, { withMaps });
    const maps = outputFiles.map(({ path }) => basename(path)).filter((name) => name.endsWith('.map'));
    expect(maps.includes('always.mjs.map')).toBe(withMaps);
    for (const { path, contents } of outputFiles) writeFileSync(path, contents);
    const code = outputFiles.filter(({ path }) => path.endsWith('.mjs')).map(({ path }) => basename(path));
    expect(code.filter((name) => name !== 'rrule-temporal.mjs').sort()).toEqual([
      'always.mjs',
      'handler.mjs',
      expect.stringMatching(/^later-\w+\.mjs$/),
    ]);
    const { handler } = await import(join(made, 'handler.mjs'));
    expect(await handler()).toEqual({
      isMissing: true,
      message: 'there is nothing',
      counted: 2,
      word: 'there is nothing',
    });
  },
);
