import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, streetmeet } from './streetmeet.ts';
import { synthesisedApp } from './synthesised-app.ts';

/** After `npm ci`: what can be made before the first start is made. What goes wrong is said by the start, which tries again. */
try {
  const { folder } = await synthesisedApp(streetmeet, cache);
  const script = fileURLToPath(new URL('./compile.ts', import.meta.url));
  spawnSync(process.execPath, [script, folder, join(cache, 'compiled')], { stdio: 'inherit' });
} catch (error) {
  console.error(`Streetmeet is not built yet: ${error instanceof Error ? error.message : error}`);
}
