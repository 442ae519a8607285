import { describe, expect, it } from 'vitest';
import essex from '../../shared/force/essex.json' with { type: 'json' };
import { parseForce } from '../../shared/force/read-force.ts';
import {
  functionNamed,
  functionNames,
  ofType,
  statementsOf,
  synthesised,
  synthesisedAnew,
} from '../support/synthesised.ts';

describe('the synthesised app', () => {
  it('is the same each time', () => {
    expect(synthesisedAnew()).toEqual(synthesised());
  });

  it('names no account and no region, so it needs neither', () => {
    const text = JSON.stringify(synthesised());
    expect(text).not.toMatch(/\b\d{12}\b/);
    expect(text).not.toMatch(/\b(eu|us)-(west|east|central)-\d\b/);
  });

  it('has a topic for each district of the force, at an address that can be known beforehand', () => {
    const names = ofType<{ TopicName?: string }>(synthesised({ env: 'prod' }), 'AWS::SNS::Topic')
      .map(({ properties }) => properties.TopicName)
      .filter((name) => name !== undefined);
    expect(names.sort()).toEqual(essex.districts.map(({ id }) => `streetmeet-prod-${id}`).sort());
  });

  it('keeps table, calendars and failed records when the stack goes', () => {
    const { Resources } = synthesised();
    for (const type of ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool'])
      for (const resource of Object.values(Resources).filter(({ Type }) => Type === type))
        expect(resource.DeletionPolicy, type).toBe('Retain');
  });

  it('leaves nothing behind where it is disposable', () => {
    const { Resources } = synthesised({ disposable: 'true' });
    expect(Object.values(Resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
  });

  it('puts what pages name into its bucket before there is a page that names it, and takes nothing away', () => {
    const template = synthesised();
    const [files] = ofType(template, 'Custom::CDKBucketDeployment');
    expect(files?.properties).toMatchObject({
      DestinationBucketKeyPrefix: 'assets',
      Prune: false,
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
    for (const name of ['site', 'console'])
      expect(template.Resources[functionNamed(template, name).id]?.DependsOn).toContain(files?.id);
  });

  it('has no user pool where an outside issuer vouches for officers', () => {
    const outside = synthesised({ oidcIssuer: 'https://login.example/v2.0', oidcAudience: 'streetmeet' });
    expect(ofType(synthesised(), 'AWS::Cognito::UserPool')).toHaveLength(1);
    expect(ofType(outside, 'AWS::Cognito::UserPool')).toHaveLength(0);
  });

  it('lets the console, and nobody else, read the secret by which it proves itself to that issuer', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-2:123456789012:secret:client-abc123';
    const outside = synthesised({
      oidcIssuer: 'https://login.example/v2.0',
      oidcAudience: 'streetmeet',
      oidcClientSecretArn: secret,
    });
    const readers = functionNames.filter((name) =>
      JSON.stringify(statementsOf(outside, name)).includes(secret),
    );
    expect(readers).toEqual(['console']);
    expect(functionNamed(outside, 'console').properties.Environment.Variables).toMatchObject({
      OIDC_CLIENT_SECRET_ARN: secret,
    });
  });
});

describe('what cannot be synthesised says why', () => {
  it('names the forces there are', () => {
    expect(() => synthesised({ force: 'atlantis' })).toThrow(
      'there is no force "atlantis": shared/force has essex.json',
    );
  });

  it.each([
    [{ env: 'Prod!' }, 'context env: must be a short lower-case name'],
    [{ domain: 'events.example' }, 'context certificateArn: goes together with domain'],
    [{ oidcIssuer: 'https://login.example' }, 'context oidcAudience: goes together with oidcIssuer'],
    [{ disposable: 'perhaps' }, 'context disposable:'],
    [{ smsRate: '-1' }, 'context smsRate:'],
  ])('%o', (context, message) => {
    expect(() => synthesised(context)).toThrow(message);
  });

  it('names the place of a fault in the force’s file', () => {
    const teams = [{ id: 'lost-cpt', name: 'Lost CPT', districts: ['atlantis'] }];
    expect(() => parseForce({ ...essex, teams })).toThrow('teams.0.districts: "atlantis" is not a district');
  });
});
