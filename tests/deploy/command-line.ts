import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { carried } from './carried.ts';
import { empty } from './empty-bucket.ts';
import { account, credentials } from './emulator.ts';
import { run } from './run.ts';

const cdkProgram = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));
const stack = 'streetmeet-test';

export type Outputs = { Site: string; HttpApi: string; CalendarBucket: string; AssetBucket: string };

/** The ordinary CDK command line, talking to the emulator. */
export function commandLine({ endpoint, folder }: { endpoint: string; folder: string }) {
  const assembly = join(folder, 'cdk.out');
  const outputs = join(folder, 'outputs.json');
  const env = {
    ...process.env,
    ...credentials,
    AWS_ENDPOINT_URL: endpoint,
    CDK_DEFAULT_ACCOUNT: account,
    CDK_DEFAULT_REGION: credentials.AWS_REGION,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_HOME: folder,
    CI: 'true',
  };
  const cdk = (...args: string[]) =>
    run(process.execPath, [cdkProgram, '--no-notices', '--no-color', ...args], env);

  return {
    bootstrap: () =>
      cdk('bootstrap', `aws://${account}/${credentials.AWS_REGION}`, ...contextOf({ env: 'test' })),

    /** Synthesises, and keeps what the emulator carries. */
    async synthesise(context: Record<string, string>) {
      await cdk(
        'synth',
        '--quiet',
        '--output',
        assembly,
        ...contextOf({ env: 'test', disposable: 'true', ...context }),
      );
      const file = join(assembly, `${stack}.template.json`);
      writeFileSync(file, JSON.stringify(carried(JSON.parse(readFileSync(file, 'utf8')))));
    },

    async deploy(parameters: Record<string, string>): Promise<Outputs> {
      const given = Object.entries(parameters).flatMap(([name, value]) => [
        '--parameters',
        `${name}=${value}`,
      ]);
      const from = ['--app', assembly, '--require-approval', 'never', '--outputs-file', outputs];
      await cdk('deploy', ...from, ...given);
      return JSON.parse(readFileSync(outputs, 'utf8'))[stack];
    },

    /** Empties the buckets first: CloudFormation deletes only empty ones. */
    async destroy(...buckets: string[]) {
      for (const bucket of buckets) await empty(endpoint, bucket);
      return cdk('destroy', '--app', assembly, '--force', stack);
    },
  };
}

const contextOf = (context: Record<string, string>) =>
  Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
