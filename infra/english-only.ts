import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/** zod brings its messages in fifty languages, of which the API speaks one: 267 KB less to compile at each cold start. */
export const englishOnly: Plugin = {
  name: 'english-only',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path }) => ({
      contents: `export { default as en } from './en.js';`,
      resolveDir: dirname(path),
    }));
  },
};
