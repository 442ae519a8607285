import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DataDirectory } from './data-directory.ts';
import type { Resources } from './resources.ts';
import { jsonBody, jsonReply, refuseInJson, type Service, targetAction } from './wire-call.ts';

const schema = z.strictObject({
  Name: z.string().optional(),
  Description: z.unknown().optional(),
  GenerateSecretString: z.strictObject({
    PasswordLength: z.coerce.number().default(32),
    ExcludePunctuation: z.boolean().default(false),
    ExcludeCharacters: z.string().default(''),
    IncludeSpace: z.literal(false).optional(),
    RequireEachIncludedType: z.unknown().optional(),
  }),
  Tags: z.unknown().optional(),
});

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** Secrets Manager behind the wire. Each secret is made up once and kept, so that links signed with it stay good. */
export function secretService(resources: Resources, data: DataDirectory): Service {
  const kept = z.record(z.string(), z.string()).catch({}).parse(data.readJson('secrets.json'));
  for (const { logicalId, properties } of resources.ofType('AWS::SecretsManager::Secret', schema)) {
    const { PasswordLength, ExcludePunctuation, ExcludeCharacters } = properties.GenerateSecretString;
    const letters = [...(alphanumeric + (ExcludePunctuation ? '' : punctuation))].filter(
      (letter) => !ExcludeCharacters.includes(letter),
    );
    kept[logicalId] ??= Array.from({ length: PasswordLength }, () => letters[randomInt(letters.length)]).join(
      '',
    );
  }
  data.writeJson('secrets.json', kept);
  const byArn = new Map(
    resources
      .ofType('AWS::SecretsManager::Secret', schema)
      .map(({ ref, logicalId, properties }) => [
        ref,
        { name: properties.Name ?? logicalId, value: kept[logicalId] },
      ]),
  );
  const refuse = refuseInJson('', 'application/x-amz-json-1.1');
  return {
    answer(call) {
      const id = String(jsonBody(call).SecretId);
      const [arn, secret] = [...byArn].find(([ref, { name }]) => ref === id || name === id) ?? [];
      if (targetAction(call) !== 'GetSecretValue')
        return refuse(400, 'InvalidRequestException', targetAction(call));
      if (!secret) return refuse(400, 'ResourceNotFoundException', `Secrets Manager can't find ${id}`);
      return jsonReply({
        ARN: arn,
        Name: secret.name,
        SecretString: secret.value,
        VersionId: randomUUID(),
        VersionStages: ['AWSCURRENT'],
      });
    },
    wishes(call) {
      const id = String(jsonBody(call).SecretId);
      const arn = [...byArn].find(([, { name }]) => name === id)?.[0] ?? id;
      return [{ action: `secretsmanager:${targetAction(call)}`, resource: arn }];
    },
    refuse,
    throttle: { status: 400, code: 'ThrottlingException' },
  };
}
