import { DeleteObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { rootClient } from './as-root.ts';

/** Deletes every object. */
export async function empty(endpoint: string, bucket: string): Promise<void> {
  const client = new S3Client({ ...rootClient(endpoint), forcePathStyle: true });
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
    for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
}
