import * as esbuild from 'esbuild';
import { expect, test } from 'vitest';
import { englishOnly } from '../../infra/english-only.ts';

test('a bundle has the messages of zod in English alone', async () => {
  const { metafile, outputFiles } = await esbuild.build({
    stdin: {
      contents: `import * as z from 'zod'; export const parse = (value) => z.string().safeParse(value);`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    plugins: [englishOnly],
  });
  expect(Object.keys(metafile.inputs).filter((file) => /locales\/[a-z-]+\.js$/i.test(file))).toEqual([
    expect.stringMatching(/en\.js$/),
    expect.stringMatching(/index\.js$/),
  ]);
  const code = outputFiles[0]?.text ?? '';
  const { parse } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  expect(parse(1).error.issues[0].message).toBe('Invalid input: expected string, received number');
});
