import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { forceFile } from './force-file.ts';

/**
 * The built code of a function. The bundle carries its force's file, so it must have been built for this force.
 * @throws BundleMissing when `npm run build` has not made it
 */
export function bundle(name: string, force: string): Code {
  const folder = new URL(`../dist/functions/${name}/`, import.meta.url);
  if (!existsSync(new URL('handler.mjs', folder))) throw new BundleMissing(name, force);
  const built = readFileSync(new URL('force.json', folder));
  if (!built.equals(readFileSync(forceFile(force)))) throw new BundleMissing(name, force);
  return Code.fromAsset(fileURLToPath(folder), { exclude: ['*.map'] });
}

export class BundleMissing extends Error {
  override name = 'BundleMissing';
  constructor(name: string, force: string) {
    super(
      `the function "${name}" is not built for ${force}: run \`npm run build -- --force ${force}\` first`,
    );
  }
}
