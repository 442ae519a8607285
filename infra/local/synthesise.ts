import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { build } from '../build.ts';
import { workerFile } from './worker-file.ts';

/** Builds every function and its worker, and synthesises the app for this machine into the folder named on the command line. */
const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
const building = build({ force: context.force });
// The CDK takes a second to load: it loads while esbuild works.
const { streetmeetApp } = await import('../app.ts');
await building;
// This machine's host reads the template as strictly itself.
streetmeetApp({ context: { env: 'local' }, outdir: process.argv[2], isValidated: false }).synth();
// Plain JavaScript: stripping its types would cost each of a dozen workers a tenth of a second.
await esbuild.build({
  entryPoints: [fileURLToPath(new URL('./function-worker.ts', import.meta.url))],
  outfile: `${process.argv[2]}/${workerFile}`,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
});
