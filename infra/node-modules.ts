import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const inNode = new Set(builtinModules);

/**
 * Loads Node's own modules when something of them is first used. An ES import of `node:http` or `node:crypto` looks
 * at everything they export, and so also loads a WebSocket client and web cryptography: 40 ms of each cold start.
 */
export const nodeModulesWhenUsed: Plugin = {
  name: 'node-modules-when-used',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z_]+)*$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return inNode.has(name) ? { path: name, namespace: 'in-node' } : undefined;
    });
    build.onLoad({ filter: /./, namespace: 'in-node' }, ({ path }) => ({ contents: standIn(path) }));
  },
};

function standIn(name: string): string {
  const load = `process.getBuiltinModule('node:${name}')`;
  const real: unknown = process.getBuiltinModule(`node:${name}`);
  // Some are functions (`events`, `stream`, `assert`), and those are there from the start.
  if (typeof real !== 'object' || real === null) return `module.exports = ${load};`;
  const members = JSON.stringify(Object.keys(real).join(' '));
  return `for (const name of ${members}.split(' ')) {
  const get = () => {
    const value = ${load}[name];
    Object.defineProperty(exports, name, { enumerable: true, value });
    return value;
  };
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
}`;
}
