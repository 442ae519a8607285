import { readFileSync } from 'node:fs';
import { streetmeetApp } from '../app.ts';
import { build } from '../build.ts';

/** Builds every function and synthesises the app for this machine into the folder named on the command line. */
const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
await build({ force: context.force });
streetmeetApp({ context: { env: 'local' }, outdir: process.argv[2] }).synth();
