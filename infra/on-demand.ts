import type { Plugin } from 'esbuild';

/** Packages of which one class is needed now and then, and that class. */
const classes: Record<string, string> = {
  // A district's page without an event that repeats does without 180 KB.
  'rrule-temporal': 'RRuleTemporal',
};

/** To be bundled beside the handler, by the name they are asked for. */
export const onDemandEntries = Object.fromEntries(
  Object.keys(classes).map((name) => [name, `${name}?bundled`]),
);

/** Puts these packages into files of their own, which are loaded when the class is first made. */
export const onDemand: Plugin = {
  name: 'on-demand',
  setup(build) {
    for (const [name, exported] of Object.entries(classes)) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ kind, pluginData }) =>
        pluginData?.isBundled || kind === 'entry-point' ? undefined : { path: name, namespace: 'on-demand' },
      );
      build.onResolve({ filter: new RegExp(`^${name}\\?bundled$`) }, ({ resolveDir }) =>
        build.resolve(name, { kind: 'import-statement', resolveDir, pluginData: { isBundled: true } }),
      );
      build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'on-demand' }, () => ({
        contents: `let loaded;
export function ${exported}(...given) {
  loaded ??= require('./${name}.mjs');
  return new loaded.${exported}(...given);
}`,
      }));
    }
    // Node requires ES modules: it is there at once, with nothing to await.
    build.onResolve({ filter: /^\.\/.*\.mjs$/, namespace: 'on-demand' }, ({ path }) => ({
      path,
      external: true,
    }));
  },
};
