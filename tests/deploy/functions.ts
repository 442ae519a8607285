import assert from 'node:assert/strict';
import { rootSignature } from './as-root.ts';
import { ask } from './ask.ts';
import { credentials } from './emulator.ts';

/** Names of the deployed functions. */
export async function deployedFunctions(endpoint: string): Promise<string[]> {
  const { body } = await lambda(endpoint, 'GET', '/2015-03-31/functions/?MaxItems=50');
  const { Functions } = JSON.parse(body) as { Functions: { FunctionName: string }[] };
  return Functions.map(({ FunctionName }) => FunctionName).filter((name) =>
    name.startsWith('streetmeet-test-'),
  );
}

/** Calls a function with nothing to do: it must start, find its settings, and end without an error. */
export async function startsAndEnds(endpoint: string, name: string): Promise<void> {
  const answer = await answerOf(endpoint, name);
  assert.equal(answer.headers['x-amz-function-error'], undefined, answer.body);
  assert.equal(answer.status, 200, answer.body);
}

/** What it says, with nothing to do. */
export const answerOf = (endpoint: string, name: string) =>
  lambda(endpoint, 'POST', `/2015-03-31/functions/${name}/invocations`, JSON.stringify({ Records: [] }));

/** The one that puts files into buckets. */
export const isOfTheCdk = (name: string) => name.includes('CustomCDKBucketDeployment');

function lambda(endpoint: string, method: string, path: string, body?: string) {
  const host = `lambda.${credentials.AWS_REGION}.amazonaws.com`;
  return ask(endpoint, host, path, { method, body, headers: { authorization: rootSignature('lambda') } });
}
