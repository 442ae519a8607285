import { fileURLToPath } from 'node:url';
import { startHost } from '../../../../infra/local/host.ts';
import { readSettings } from '../../../../infra/local/settings.ts';
import { stopOnSignals } from '../../../../infra/local/stopping.ts';

const settings = readSettings(process.env);
try {
  const host = await startHost({
    settings,
    app: {
      script: new URL('./app.ts', import.meta.url),
      root: new URL('./', import.meta.url),
      inputs: ['*.ts', '../../../../package-lock.json'],
    },
    cache:
      fileURLToPath(new URL('../../../../dist/tiny', import.meta.url)) +
      (process.env.TINY_EXTRA ? '-extra' : ''),
    report: (line) => console.error(line),
  });
  stopOnSignals(host.stop);
  host.begin();
  console.log(`Streetmeet is ready at ${host.origin}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
