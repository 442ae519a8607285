import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { rootClient } from './as-root.ts';

const folder = new URL('../../dist/assets/', import.meta.url);
const types: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** What Custom::CDKBucketDeployment does on AWS. */
export async function placeFiles(endpoint: string, bucket: string): Promise<void> {
  const client = new S3Client({ ...rootClient(endpoint), forcePathStyle: true });
  for (const file of readdirSync(folder))
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `assets/${file}`,
        Body: readFileSync(new URL(file, folder)),
        ContentType: types[extname(file)],
        CacheControl: 'public, max-age=31536000, immutable',
      }),
    );
}
