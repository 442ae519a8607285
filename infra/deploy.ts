import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { build } from './build.ts';

// `npm run deploy -- --context env=<name> [--context force=<id>] […]`: builds for that force, then `cdk deploy`.
const given = process.argv.slice(2);
const context = new Map(
  given.flatMap((word, place): [string, string][] => {
    const pair = /^(?:--context|-c)$/.test(given[place - 1] ?? '')
      ? word
      : /^--context=(.*)$/.exec(word)?.[1];
    const [name, ...value] = pair?.split('=') ?? [];
    return name ? [[name, value.join('=')]] : [];
  }),
);
const cdkJson = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));

await build({ force: context.get('force') ?? cdkJson.context.force, withMaps: true });
const { status } = spawnSync('cdk', ['deploy', '--require-approval', 'never', ...given], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
