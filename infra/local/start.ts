import { readFileSync } from 'node:fs';
import { CannotRun } from './cannot-run.ts';
import { startHost } from './host.ts';
import { importSampleWeek } from './sample-week.ts';
import { readSettings } from './settings.ts';
import { stopOnSignals } from './stopping.ts';
import { cache, streetmeet } from './streetmeet.ts';

// Lambda's functions live in UTC; so do the edge's and the log's dates here.
process.env.TZ = 'UTC';

const say = (line: string) => console.log(line);
const report = (line: string) => console.error(line);

try {
  const settings = readSettings(process.env);
  let stop = async () => {};
  stopOnSignals(() => stop());
  const host = await startHost({
    settings,
    app: streetmeet,
    cache,
    report,
  });
  stop = host.stop;
  const hasSample = settings.SAMPLE_DATA === 'on';
  if (hasSample) await loadSampleData(host);
  host.begin();
  say(`Streetmeet is ready at ${host.origin}`);
  // Somebody is about to look.
  if (hasSample) await host.warm();
} catch (error) {
  report(
    error instanceof CannotRun
      ? `Streetmeet cannot start: ${error.message}`
      : String(error instanceof Error ? error.stack : error),
  );
  process.exit(1);
}

async function loadSampleData({
  data,
  identity,
  origin,
  now,
  follow,
}: Awaited<ReturnType<typeof startHost>>) {
  if (!identity || data.readJson('sample-data.json')) return;
  const csv = readFileSync(new URL('./sample-week.csv', import.meta.url), 'utf8');
  try {
    const lines = await importSampleWeek({
      csv,
      siteOrigin: origin,
      token: () => identity.token('admin'),
      now,
    });
    lines.forEach(report);
    data.writeJson('sample-data.json', { importedAt: new Date(now()).toISOString() });
    // Whoever comes finds the week on its calendars; counting it takes a moment longer.
    await follow();
  } catch (error) {
    report(`without sample data: ${error instanceof Error ? error.message : error}`);
  }
}
