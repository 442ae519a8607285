import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, extname, join, parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const govuk = fileURLToPath(new URL('../node_modules/govuk-frontend/dist', import.meta.url));
const suffix = '?asset';

/**
 * Importing `x.scss?asset`, `x.client.ts?asset` or `x.svg?asset` gives what a browser is sent, and an address that
 * changes with it: `{ path, type, body }`. The body is a file beside the bundle, read when it is asked for: the edge
 * asks once a year, and a cold start need not read 100 KB of styles past.
 */
export const assets: esbuild.Plugin = {
  name: 'assets',
  setup(build) {
    build.onResolve({ filter: /\?asset$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice(0, -suffix.length)),
      namespace: 'asset',
    }));
    const files = new Map<string, string>();
    build.onLoad({ filter: /./, namespace: 'asset' }, async ({ path }) => {
      const { body, ...asset } = await assetOf(path);
      const file = basename(asset.path);
      files.set(file, body);
      return {
        contents: `import { readFileSync } from 'node:fs';
export default { ...${JSON.stringify(asset)}, get body() {
  return readFileSync(new URL(${JSON.stringify(`./${file}`)}, import.meta.url), 'utf8');
} };`,
        loader: 'js',
      };
    });
    build.onEnd(({ outputFiles }) => {
      for (const [file, body] of files)
        outputFiles?.push(outputFile(join(build.initialOptions.outdir ?? '', file), body));
    });
  },
};

const outputFile = (path: string, text: string): esbuild.OutputFile => ({
  path,
  text,
  contents: Buffer.from(text),
  hash: '',
});

/** The same for vitest. Its own handling of style sheets must not see the name of one. */
export const assetsInTests = {
  name: 'assets',
  enforce: 'pre' as const,
  resolveId: (id: string, importer?: string) =>
    id.endsWith(suffix) && importer
      ? `\0asset:${Buffer.from(resolve(dirname(importer), id.slice(0, -suffix.length))).toString('base64url')}`
      : undefined,
  load: async (id: string) =>
    id.startsWith('\0asset:')
      ? `export default ${JSON.stringify(await assetOf(Buffer.from(id.slice(7), 'base64url').toString()))};`
      : undefined,
};

async function assetOf(file: string) {
  const { type, extension, body } = await made(file);
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10);
  const name = parse(file).name.replace(/\.client$/, '');
  return { path: `/assets/${name}-${hash}.${extension}`, type, body };
}

async function made(file: string) {
  switch (extname(file)) {
    case '.scss':
      return { type: 'text/css; charset=utf-8', extension: 'css', body: styles(file) };
    case '.ts':
      return { type: 'text/javascript; charset=utf-8', extension: 'js', body: await script(file) };
    case '.svg':
      return { type: 'image/svg+xml', extension: 'svg', body: readFileSync(file, 'utf8') };
    default:
      throw new Error(`${file}: only .scss, .ts and .svg can be assets`);
  }
}

const styles = (file: string) => sass.compile(file, { style: 'compressed', loadPaths: [govuk] }).css;

async function script(file: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}
