import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { bucketDeployers } from './bucket-deployment.ts';
import { CannotRun } from './cannot-run.ts';
import type { ClockLead } from './clock.ts';
import { type FunctionPool, functionPool } from './function-pool.ts';
import { region } from './place.ts';
import type { Statement } from './policy-statements.ts';
import type { Resources } from './resources.ts';

const schema = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Handler: z.string().regex(/^[\w-]+\.\w+$/, 'must be file.export'),
  Runtime: z.string().startsWith('nodejs'),
  Role: z.string(),
  Environment: z
    .strictObject({ Variables: z.record(z.string(), z.coerce.string()) })
    .default({ Variables: {} }),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
  // What only matters in a data centre.
  Architectures: z.unknown().optional(),
  Description: z.unknown().optional(),
  LoggingConfig: z.unknown().optional(),
  TracingConfig: z.unknown().optional(),
  EphemeralStorage: z.unknown().optional(),
  RecursiveLoop: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

export type FunctionsDeps = {
  clockLead: ClockLead;
  /** The code of a worker, and where its threads keep what they compiled. */
  worker: URL;
  compiled: string;
  /** The folder of an asset by its hash, as the synthesised app has it. */
  assetFolder: (hash: string) => string | undefined;
  statements: Map<string, Statement[]>;
  wireOrigin: string;
  logFolder: string;
  report: (line: string) => void;
  changed: () => void;
};

/** A laptop's processors, not Lambda's thousand: more workers would only wait for each other. */
const mostWorkers = Math.max(4, cpus().length * 2);

/** The template's functions, each with its own credentials, so that the wire knows who asks. */
export function openFunctions(resources: Resources, deps: FunctionsDeps) {
  const byArn = new Map<string, FunctionPool & { role: string; statements: Statement[] }>();
  const byAccessKey = new Map<string, { name: string; statements: Statement[] }>();
  // What these would do, the host does itself.
  const deployers = bucketDeployers(resources);
  const ours = (_: object, { Arn }: Record<string, string>) => !Arn || !deployers.has(Arn);
  for (const [index, { logicalId, ref, attributes, properties }] of resources
    .ofType('AWS::Lambda::Function', schema, ours)
    .entries()) {
    const folder = deps.assetFolder(properties.Code.S3Key.replace(/\.zip$/, ''));
    if (!folder)
      throw new CannotRun(`${logicalId}: its code ${properties.Code.S3Key} is not among the app's assets`);
    const statements = deps.statements.get(properties.Role);
    if (!statements) throw new CannotRun(`${logicalId}: its role ${properties.Role} is not in the template`);
    const [file, exportName = 'handler'] = properties.Handler.split('.');
    const accessKey = `LOCAL${String(index).padStart(11, '0')}`;
    const arn = attributes.Arn ?? ref;
    const pool = functionPool({
      worker: deps.worker,
      start: {
        compiled: deps.compiled,
        clockLead: deps.clockLead,
        file: join(folder, `${file}.mjs`),
        exportName,
        name: ref,
        arn,
        memory: properties.MemorySize,
      },
      environment: {
        ...properties.Environment.Variables,
        ...runtimeVariables(ref, accessKey, properties, deps.wireOrigin),
      },
      timeoutMs: properties.Timeout * 1000,
      size: Math.min(properties.ReservedConcurrentExecutions ?? mostWorkers, mostWorkers),
      log: (text) => appendFileSync(join(deps.logFolder, `${ref}.log`), text),
      changed: deps.changed,
    });
    const invoke = async (event: unknown) => {
      try {
        return await pool.invoke(event);
      } catch (error) {
        deps.report(`${ref}: ${error instanceof Error ? error.message : error}`);
        throw error;
      }
    };
    byArn.set(arn, { ...pool, invoke, role: properties.Role, statements });
    byAccessKey.set(accessKey, { name: ref, statements });
  }
  const pools = [...byArn.values()];

  return {
    /** By ARN or name. @throws CannotRun */
    find(arnOrName: string, forWhom: string) {
      const found = byArn.get(arnOrName) ?? pools.find(({ name }) => name === arnOrName);
      if (!found) throw new CannotRun(`${forWhom}: there is no function ${arnOrName}`);
      return found;
    },
    caller: (accessKey: string) => byAccessKey.get(accessKey),
    running: () => pools.reduce((sum, pool) => sum + pool.running(), 0),
    /** One after the other: together they would hold up whoever asks first. */
    async warm() {
      for (const pool of pools) await pool.warm();
    },
    close: () => Promise.all(pools.map((pool) => pool.close())),
  };
}

export type Functions = ReturnType<typeof openFunctions>;

/** What Lambda itself puts into the environment, and nothing of this machine's own. */
const runtimeVariables = (
  name: string,
  accessKey: string,
  { Handler, MemorySize, Runtime }: { Handler: string; MemorySize: number; Runtime: string },
  wireOrigin: string,
) => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`,
  _HANDLER: Handler,
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  AWS_ACCESS_KEY_ID: accessKey,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_ENDPOINT_URL: wireOrigin,
  AWS_EC2_METADATA_DISABLED: 'true',
});
