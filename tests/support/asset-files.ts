import { extname } from 'node:path';
import type { Handler } from './serve.ts';

/** What pages name in tests, by address: filled by whatever imports an asset. */
export const assetFiles = new Map<string, Buffer>();

/** Answers with these as the edge does, which has them from the bucket, and else as the function. */
export const withFiles =
  (handler: Handler): Handler =>
  async (event, context) => {
    const body = assetFiles.get(event.rawPath);
    if (!body) return handler(event, context);
    return {
      statusCode: 200,
      headers: {
        'content-type': types[extname(event.rawPath)] ?? '',
        'cache-control': 'public, max-age=31536000, immutable',
      },
      body: body.toString('base64'),
      isBase64Encoded: true,
    };
  };

const types: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};
