import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, extname, parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as sass from 'sass';
import type { Force } from '../shared/force/force.ts';
import { forcePicture } from './force-picture.ts';

const govuk = fileURLToPath(new URL('../node_modules/govuk-frontend/dist', import.meta.url));
const asset = '?asset';
const text = '?text';
/** Is drawn, and not a file. */
const picture = 'force-picture';

type Look = Pick<Force, 'look'>;
/** What a browser is sent: its address changes with it. */
export type Asset = { path: string; body: string | Uint8Array };

/**
 * Importing `x.scss?asset`, `x.client.ts?asset`, `x.svg?asset` or `force-picture?asset` gives the address of what a
 * browser is sent, in the colour of the force; the file itself goes into `files`, to be put into the bucket. `x?text`
 * gives what it says.
 */
export function assets(force: Look, files = new Map<string, Asset['body']>()): esbuild.Plugin {
  return {
    name: 'assets',
    setup(build) {
      build.onResolve({ filter: /\?(asset|text)$/ }, ({ path, resolveDir }) => ({
        path: located(path, resolveDir),
        namespace: 'asset',
      }));
      build.onLoad({ filter: /./, namespace: 'asset' }, async ({ path }) => ({
        contents: await moduleOf(path, force, ({ path: address, body }) => files.set(address, body)),
        loader: 'js',
      }));
    },
  };
}

/** The same for vitest, where what browsers are sent is kept by tests/support/asset-files.ts. */
export const assetsInTests = (force: Look) => ({
  name: 'assets',
  enforce: 'pre' as const,
  // Vitest's own handling of style sheets must not see the name of one.
  resolveId: (id: string, importer = '') =>
    id.endsWith(asset) || id.endsWith(text)
      ? `\0asset:${Buffer.from(located(id, dirname(importer))).toString('base64url')}`
      : undefined,
  async load(id: string) {
    if (!id.startsWith('\0asset:')) return undefined;
    const kept: Asset[] = [];
    const code = await moduleOf(Buffer.from(id.slice(7), 'base64url').toString(), force, (each) =>
      kept.push(each),
    );
    return kept
      .map(
        ({ path, body }) =>
          `import { assetFiles } from ${JSON.stringify(assetFiles)};
assetFiles.set(${JSON.stringify(path)}, Buffer.from('${Buffer.from(body).toString('base64')}', 'base64'));`,
      )
      .concat(code)
      .join('\n');
  },
});

const assetFiles = fileURLToPath(new URL('../tests/support/asset-files.ts', import.meta.url));

const located = (id: string, folder: string) => (id === picture + asset ? id : resolve(folder, id));

async function moduleOf(id: string, force: Look, keep: (made: Asset) => void): Promise<string> {
  const file = id.replace(/\?\w+$/, '');
  const { extension, body } = await made(file, force);
  if (id.endsWith(text)) return `export default ${JSON.stringify(body)};`;
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10);
  const name = parse(file).name.replace(/\.client$/, '');
  const path = `/assets/${name}-${hash}.${extension}`;
  keep({ path, body });
  return `export default ${JSON.stringify(path)};`;
}

async function made(file: string, force: Look) {
  const { colour } = force.look;
  if (file === picture) return { extension: 'png', body: forcePicture(force) };
  switch (extname(file)) {
    case '.scss':
      return { extension: 'css', body: `:root{--force:${colour}}${styles(file)}` };
    case '.ts':
      return { extension: 'js', body: await script(file) };
    case '.svg':
      return { extension: 'svg', body: readFileSync(file, 'utf8').replaceAll('#0b2f5c', colour) };
    default:
      throw new Error(`${file}: only .scss, .ts and .svg can be assets`);
  }
}

// Without the mark of UTF-8 at its beginning: the colour stands before it.
const styles = (file: string) =>
  sass.compile(file, { style: 'compressed', charset: false, loadPaths: [govuk] }).css;

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
