import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import nunjucks from 'nunjucks';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The folder that holds `govuk/`, the name its templates are imported by. */
const govuk = resolve(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist');
const runtime = join(root, 'shared/views/template.ts');
const compiler = new nunjucks.Environment([], { trimBlocks: true, lstripBlocks: true });

/** Importing a `.njk` file gives a function that renders it; the templates it names are compiled along with it. */
export const templates: Plugin = {
  name: 'templates',
  setup(build) {
    // Importing one registers it, whatever its package says of its scripts.
    build.onResolve({ filter: /\.njk$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
      sideEffects: true,
    }));
    build.onLoad({ filter: /\.njk$/ }, ({ path }) => ({
      contents: moduleMadeOnce(path),
      loader: 'js',
      resolveDir: dirname(path),
    }));
  },
};

/** The same for vitest. */
export const templatesInTests = {
  name: 'templates',
  enforce: 'pre' as const,
  config: () => ({ test: { server: { deps: { inline: [/\.njk$/] } } } }),
  load: (id: string) => (id.endsWith('.njk') ? moduleOf(id) : undefined),
};

const modules = new Map<string, string>();

/** Made once for all the functions that a build makes. */
function moduleMadeOnce(file: string): string {
  const known = modules.get(file) ?? moduleOf(file);
  modules.set(file, known);
  return known;
}

function moduleOf(file: string): string {
  const source = readFileSync(file, 'utf8');
  const name = nameOf(file);
  const imports = [...new Set(referencesIn(source))].map((reference) => fileOf(reference, file));
  return [
    `import { define } from ${JSON.stringify(runtime)};`,
    ...imports.map((each) => `import ${JSON.stringify(each)};`),
    `export default define(${JSON.stringify(name)}, ${compiled(source, name)});`,
  ].join('\n');
}

const compiled = (source: string, name: string) =>
  nunjucks.precompileString(source, {
    name,
    env: compiler,
    // An array, whatever its types say.
    wrapper: (all) =>
      [all]
        .flat()
        .map(({ template }) => `(() => {${template}})()`)
        .join(),
  });

const referencesIn = (source: string) =>
  [...source.matchAll(/\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']/g)].map(
    ([, reference]) => reference as string,
  );

/** `./x` and `../x` from the file itself, `govuk/…` from the package, everything else from the root. */
function fileOf(reference: string, from: string): string {
  if (reference.startsWith('.')) return resolve(dirname(from), reference);
  return join(reference.startsWith('govuk/') ? govuk : root, reference);
}

const nameOf = (file: string) => relative(file.startsWith(govuk) ? govuk : root, file).replaceAll('\\', '/');
