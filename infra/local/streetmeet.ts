import { fileURLToPath } from 'node:url';
import type { AppSource } from './synthesised-app.ts';

const root = new URL('../../', import.meta.url);

/** This project's own app, and all that decides what its synthesis gives. */
export const streetmeet: AppSource = {
  script: new URL('./synthesise.ts', import.meta.url),
  root,
  inputs: [
    'infra/*',
    'functions/**',
    'shared/**',
    'cdk.json',
    'package-lock.json',
    'infra/local/synthesise.ts',
  ],
};

/** Where what was built and synthesised is kept for the next start. */
export const cache = fileURLToPath(new URL('dist/local', root));
