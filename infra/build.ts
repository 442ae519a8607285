import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import type { Force } from '../shared/force/force.ts';
import { readForce } from '../shared/force/read-force.ts';
import { type Asset, assets } from './assets.ts';
import { englishOnly } from './english-only.ts';
import { fewerFiles, form } from './fewer-files.ts';
import { fingerprint } from './fingerprint.ts';
import { forceFile } from './force-file.ts';
import { nodeModulesWhenUsed } from './node-modules.ts';
import { onDemand, onDemandEntries } from './on-demand.ts';
import { templates } from './templates.ts';
import { ukNumbers } from './uk-numbers.ts';

// esbuild is written in Go, whose collector takes a tenth of a build unless it may wait for more to collect.
process.env.GOGC ??= '400';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'dist/functions');
/** What was built last came of files with this fingerprint. */
const stamp = join(root, 'dist/functions.fingerprint');
const inputs = ['infra/*', 'functions/**', 'shared/**', 'package-lock.json'];

/** Compile steps of what is neither TypeScript nor JSON, and what is left out or put off so that functions start fast. */
const plugins: esbuild.Plugin[] = [templates, englishOnly, ukNumbers, onDemand, nodeModulesWhenUsed];

/**
 * Bundles every function to dist/functions/<name>/handler.mjs, with the files it loads later and the force's checked
 * file beside it, and keeps esbuild's account of each as dist/metafiles/<name>.json. What pages ask for besides is in
 * dist/assets. What was built of the same files stays.
 * @throws ForceUnknown, ForceFileInvalid
 */
export async function build({
  force,
  withMaps = false,
}: {
  force: string;
  withMaps?: boolean;
}): Promise<void> {
  const { look } = readForce(forceFile(force));
  const made = fingerprint(new URL('..', import.meta.url), inputs, force, String(withMaps));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return;
  rmSync(stamp, { force: true });
  const names = globSync('functions/*/handler.ts', { cwd: root }).map((file) => basename(dirname(file)));
  for (const gone of globSync('*', { cwd: output }).filter((name) => !names.includes(name)))
    rmSync(join(output, gone), { recursive: true });
  const sent = new Map<string, Asset['body']>();
  await Promise.all(names.map((name) => buildFunction(name, { force, look, sent, withMaps })));
  fill(
    join(root, 'dist/assets'),
    new Map([...sent].map(([path, body]) => [basename(path), Buffer.from(body)])),
  );
  place(stamp, Buffer.from(made));
}

type Made = { force: string; look: Force['look']; sent: Map<string, Asset['body']>; withMaps: boolean };

/** On its own: what functions share would else be in files of all. */
async function buildFunction(name: string, { force, look, sent, withMaps }: Made): Promise<void> {
  const folder = join(output, name);
  const { metafile, outputFiles } = await bundled(`functions/${name}/handler.ts`, folder, {
    withMaps,
    plugins: [assets({ look }, sent)],
  });
  const made = new Map<string, Uint8Array>(
    outputFiles.map(({ path, contents }) => [basename(path), contents]),
  );
  for (const each of Object.keys(onDemandEntries).filter((one) => !metafile.inputs[`on-demand:${one}`]))
    for (const file of [`${each}.mjs`, `${each}.mjs.map`]) made.delete(file);
  made.set('force.json', readFileSync(forceFile(force)));
  fill(folder, made);
  place(join(root, `dist/metafiles/${name}.json`), Buffer.from(JSON.stringify(metafile)));
}

/** Has these files and no others. */
function fill(folder: string, files: Map<string, Uint8Array>): void {
  for (const [file, contents] of files) place(join(folder, file), contents);
  for (const file of globSync('*', { cwd: folder })) if (!files.has(file)) rmSync(join(folder, file));
}

/** A handler and what it needs, as functions are deployed. Maps are for those who read a stack of production. */
export async function bundled(
  entry: string,
  folder: string,
  { withMaps = false, plugins: more = [] }: { withMaps?: boolean; plugins?: esbuild.Plugin[] } = {},
) {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { handler: entry, ...onDemandEntries },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    ...form,
    // The SDK has both; its ES modules can be shaken.
    mainFields: ['module', 'main'],
    sourcemap: withMaps && 'external',
    legalComments: 'none',
    // CommonJS packages call require for Node's own modules, which an ES module has not got.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'warning',
    metafile: true,
    write: false,
    plugins: [...plugins, ...more],
  });
  return { metafile: result.metafile, outputFiles: await fewerFiles(result) };
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
