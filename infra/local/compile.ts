import { globSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Has V8 compile what functions consist of and keep it, so that the first start need not: `<synthesised app> <folder>`.
 * None of them runs: without its settings a handler only says which it lacks.
 */
const [app = '', compiled = ''] = process.argv.slice(2);
enableCompileCache(compiled);
for (const file of globSync(`${app}/asset.*/*.mjs`)) await import(pathToFileURL(file).href).catch(() => {});
flushCompileCache();
process.exit();
