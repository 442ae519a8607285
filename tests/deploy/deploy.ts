import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../infra/build.ts';
import { commandLine } from './command-line.ts';
import { type Emulator, PythonMissing, startEmulator } from './emulator.ts';
import { deployedFunctions, isOfTheCdk, startsAndEnds } from './functions.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { journey } from './journey.ts';
import { makeMail } from './mail.ts';
import { notCarried } from './not-carried.ts';
import { placeFiles } from './place-files.ts';
import { tally } from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'streetmeet-deploy-'));
const results = tally();

try {
  const emulator = await startEmulator(folder);
  const issuer = await startIssuer('streetmeet-console');
  try {
    await deployAndUse(emulator, issuer);
    if (results.counts().failed) console.log(`\nWhat went wrong inside:\n${complaints(emulator.log)}`);
  } finally {
    issuer.stop();
    await emulator.stop();
  }
} catch (error) {
  if (!(error instanceof PythonMissing)) throw error;
  if (process.env.CI === 'true')
    await results.check('the deployment test', () => Promise.reject(error.cause));
  else console.log(`skipped the deployment test: ${error.message}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const { passed, failed } = results.counts();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

async function deployAndUse(emulator: Emulator, issuer: Issuer): Promise<void> {
  const { check } = results;
  const cdk = commandLine({ endpoint: emulator.url, folder });
  await build({ force: 'essex' });

  await check('cdk bootstrap', () => cdk.bootstrap());
  await check('cdk synth', () => cdk.synthesise({ oidcIssuer: issuer.url, oidcAudience: issuer.audience }));
  const outputs = await check('cdk deploy', () => cdk.deploy({ SettleSeconds: '2' }));
  if (!outputs) return;

  const functions = (await deployedFunctions(emulator.url)).filter((name) => !isOfTheCdk(name));
  const folders = globSync('functions/*/handler.ts', { cwd: new URL('../..', import.meta.url).pathname });
  await check(`all ${folders.length} functions are deployed`, () =>
    assert.equal(functions.length, folders.length, functions.join()),
  );
  for (const name of functions.filter((each) => !/Website/.test(each)))
    await check(`${name} starts and ends`, () => startsAndEnds(emulator.url, name));
  await makeMail(emulator.url);
  await placeFiles(emulator.url, outputs.AssetBucket);

  await journey(results, { emulator, issuer, outputs });

  for (const { name, reason, stillSo } of notCarried)
    await check(`not carried: ${name} (${reason})`, async () =>
      assert.ok(
        await stillSo({ endpoint: emulator.url, site: new URL(outputs.Site).host }),
        'the emulator carries this now: take it out of not-carried.ts and test it',
      ),
    );
  await check('cdk destroy', () => cdk.destroy(outputs.CalendarBucket, outputs.AssetBucket));
  await check('nothing of it is left', async () =>
    assert.deepEqual(await deployedFunctions(emulator.url), []),
  );
}

function complaints(log: string): string {
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines
    .filter((line) => /"level":"(error|warn)"|ERROR|not authorized/.test(line))
    .slice(-20)
    .join('\n');
}
