import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBucket } from '../../../infra/local/bucket.ts';
import { bucketDeployers, deployToBuckets } from '../../../infra/local/bucket-deployment.ts';
import { readResources } from '../../../infra/local/resources.ts';
import { templateSchema } from '../../../infra/local/template.ts';

let folder: string;
let bucket: ReturnType<typeof openBucket>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-deployment-'));
  bucket = openBucket(':memory:');
});
afterAll(() => {
  bucket.close();
  rmSync(folder, { recursive: true });
});

const deployment = (more: object = {}) =>
  readResources(
    templateSchema.parse({
      Resources: {
        Files: {
          Type: 'Custom::CDKBucketDeployment',
          Properties: {
            ServiceToken: 'arn:deployer',
            SourceBucketNames: ['staging'],
            SourceObjectKeys: ['hash.zip'],
            DestinationBucketName: 'files',
            DestinationBucketKeyPrefix: 'assets',
            Prune: false,
            SystemMetadata: { 'cache-control': 'immutable' },
            ...more,
          },
        },
      },
    }),
    {
      stackName: 'tiny',
      parameters: {},
      siteHost: 'localhost:1',
      wireOrigin: 'http://127.0.0.1:2',
      issuer: 'http://localhost:1/oidc',
    },
  );
const deploy = (more?: object) =>
  deployToBuckets(deployment(more), new Map([['files', bucket]]), (hash) =>
    hash === 'hash' ? folder : undefined,
  );

test('files of the app are in the bucket, those of an earlier one stay, and what has not changed is not written', () => {
  writeFileSync(join(folder, 'old.css'), 'a{}');
  deploy();
  const first = bucket.get('assets/old.css');
  expect(first?.headers).toEqual({ 'content-type': 'text/css', 'cache-control': 'immutable' });
  rmSync(join(folder, 'old.css'));
  writeFileSync(join(folder, 'new.js'), '1');
  deploy();
  expect(bucket.list('').map(({ key }) => key)).toEqual(['assets/new.js', 'assets/old.css']);
  const { lastModified } = bucket.head('assets/new.js') ?? {};
  deploy();
  expect(bucket.head('assets/new.js')?.lastModified).toBe(lastModified);
  expect([...bucketDeployers(deployment())]).toEqual(['arn:deployer']);
});

test('what cannot be done here stops the start', () => {
  expect(() => deploy({ Prune: true })).toThrow('Files (Custom::CDKBucketDeployment): Prune');
  expect(() => deploy({ Exclude: ['*'] })).toThrow('Exclude has no part on one machine');
  expect(() => deploy({ SourceObjectKeys: ['other.zip'] })).toThrow('other.zip is not among the app');
  writeFileSync(join(folder, 'font.woff2'), '');
  expect(() => deploy()).toThrow('it is not known here what font.woff2 is');
});
