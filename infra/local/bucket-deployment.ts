import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { z } from 'zod';
import type { Bucket } from './bucket.ts';
import { CannotRun } from './cannot-run.ts';
import type { Resources } from './resources.ts';

const type = 'Custom::CDKBucketDeployment';
const schema = z.strictObject({
  ServiceToken: z.string(),
  SourceBucketNames: z.unknown(),
  SourceObjectKeys: z.array(z.string()),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string(),
  // What is there already stays.
  Prune: z.literal(false),
  SystemMetadata: z.record(z.string(), z.string()).default({}),
  OutputObjectKeys: z.unknown().optional(),
  // Nothing is ever deleted here, and the edge keeps nothing.
  RetainOnDelete: z.unknown().optional(),
  WaitForDistributionInvalidation: z.unknown().optional(),
});

/** The ARNs of the CDK's functions that do this on AWS, in Python. */
export const bucketDeployers = (resources: Resources) =>
  new Set(resources.ofType(type, schema).map(({ properties }) => properties.ServiceToken));

/** Puts the files of the app that belong into buckets there. */
export function deployToBuckets(
  resources: Resources,
  buckets: Map<string, Bucket>,
  assetFolder: (hash: string) => string | undefined,
): void {
  for (const { logicalId, properties } of resources.ofType(type, schema)) {
    const { DestinationBucketName, DestinationBucketKeyPrefix, SourceObjectKeys, SystemMetadata } =
      properties;
    const bucket = buckets.get(DestinationBucketName);
    if (!bucket) throw new CannotRun(`${logicalId}: there is no bucket ${DestinationBucketName}`);
    for (const source of SourceObjectKeys) {
      const folder = assetFolder(source.replace(/\.zip$/, ''));
      if (!folder) throw new CannotRun(`${logicalId}: ${source} is not among the app's assets`);
      for (const file of readdirSync(folder)) {
        const body = readFileSync(join(folder, file));
        const key = `${DestinationBucketKeyPrefix}/${file}`;
        const headers = { 'content-type': typeOf(file, logicalId), ...SystemMetadata };
        if (!bucket.get(key)?.body.equals(body)) bucket.put(key, body, headers);
      }
    }
  }
}

function typeOf(file: string, logicalId: string): string {
  const found = types[extname(file)];
  if (!found) throw new CannotRun(`${logicalId}: it is not known here what ${file} is`);
  return found;
}

/** As the AWS command line, which copies there, tells them apart. */
const types: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};
