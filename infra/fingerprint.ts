import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One word for the contents of these files, the Node that works on them, and whatever else decides what comes out. */
export function fingerprint(root: URL, patterns: string[], ...others: string[]): string {
  const hash = createHash('sha256').update([process.version, ...others, ''].join('\n'));
  for (const file of globSync(patterns, { cwd: fileURLToPath(root) }).sort()) {
    const path = new URL(file.replaceAll('\\', '/'), root);
    if (statSync(path).isFile())
      hash.update(`${file}\n`).update(createHash('sha256').update(readFileSync(path)).digest());
  }
  return hash.digest('hex').slice(0, 32);
}
