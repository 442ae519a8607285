import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { readForce } from '../shared/force/read-force.ts';
import { assets } from './assets.ts';
import { englishOnly } from './english-only.ts';
import { forceFile } from './force-file.ts';
import { templates } from './templates.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'dist/functions');

/** Compile steps of what is neither TypeScript nor JSON. */
const plugins: esbuild.Plugin[] = [templates, assets, englishOnly];

/**
 * Bundles every function to dist/functions/<name>/handler.mjs, with the force's checked file beside it, and
 * answers esbuild's metafile (kept as dist/metafile.json).
 * @throws ForceUnknown, ForceFileInvalid
 */
export async function build({ force }: { force: string }): Promise<esbuild.Metafile> {
  readForce(forceFile(force));
  const names = globSync('functions/*/handler.ts', { cwd: root }).map((file) => basename(dirname(file)));
  for (const gone of globSync('*', { cwd: output }).filter((name) => !names.includes(name)))
    rmSync(join(output, gone), { recursive: true });
  const { metafile, outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/handler`, `functions/${name}/handler.ts`])),
    outdir: output,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The SDK has both; its ES modules can be shaken.
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourcemap: 'external',
    legalComments: 'none',
    // CommonJS packages call require for Node's own modules, which an ES module has not got.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'warning',
    metafile: true,
    write: false,
    plugins,
  });
  for (const { path, contents } of outputFiles) place(path, contents);
  for (const name of names) place(join(output, name, 'force.json'), readFileSync(forceFile(force)));
  place(join(root, 'dist/metafile.json'), Buffer.from(JSON.stringify(metafile)));
  return metafile;
}

/** Leaves what has not changed, and puts the rest in one step: another build or start may be reading. */
function place(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}

if (import.meta.main) {
  const cdkJson = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const { values } = parseArgs({ options: { force: { type: 'string', default: cdkJson.context.force } } });
  await build({ force: values.force });
}
