import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the project in which the force's file says something else: `entry` starts its one-machine host. */
export function projectWithForce(file: unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'streetmeet-force-'));
  for (const part of ['functions', 'infra', 'shared', 'cdk.json', 'package.json', 'package-lock.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'shared/force/essex.json'), JSON.stringify(file));
  return {
    entry: pathToFileURL(join(folder, 'infra/local/start.ts')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
