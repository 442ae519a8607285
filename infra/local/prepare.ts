import { cache, streetmeet } from './streetmeet.ts';
import { synthesisedApp } from './synthesised-app.ts';

/** After `npm ci`: what can be made before the first start is made. What goes wrong is said by the start, which tries again. */
try {
  await synthesisedApp(streetmeet, cache);
} catch (error) {
  console.error(`Streetmeet is not built yet: ${error instanceof Error ? error.message : error}`);
}
