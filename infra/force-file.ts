import { existsSync, readdirSync } from 'node:fs';

const folder = new URL('../shared/force/', import.meta.url);

/**
 * The file of a force by its name.
 * @throws ForceUnknown naming the forces there are
 */
export function forceFile(force: string): URL {
  const file = new URL(`${force}.json`, folder);
  if (!existsSync(file)) throw new ForceUnknown(force);
  return file;
}

export class ForceUnknown extends Error {
  override name = 'ForceUnknown';
  constructor(force: string) {
    const known = readdirSync(folder).filter((name) => name.endsWith('.json'));
    super(`there is no force "${force}": shared/force has ${known.join(', ')}`);
  }
}
