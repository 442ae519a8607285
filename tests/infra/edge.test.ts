import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withSuccessors } from '../../infra/calendar-addresses.ts';
import { succeeding } from '../support/succeeding.ts';
import { ofType, synthesised } from '../support/synthesised.ts';

type Behaviour = { PathPattern?: string; TargetOriginId: string; AllowedMethods?: string[] };
type Distribution = { DistributionConfig: { CacheBehaviors: Behaviour[]; DefaultCacheBehavior: Behaviour } };

const template = synthesised();

describe('the edge', () => {
  const [distribution] = ofType<Distribution>(template, 'AWS::CloudFront::Distribution');
  const config = distribution?.properties.DistributionConfig;

  it('asks the API for private calendars before it looks for public ones', () => {
    expect(config?.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
      '/assets/*',
      '/calendars/private/*',
      '/calendars/*',
    ]);
    const api = config?.DefaultCacheBehavior.TargetOriginId;
    expect(config?.CacheBehaviors.map(({ TargetOriginId }) => TargetOriginId === api)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('takes calendars by GET, HEAD and OPTIONS only', () => {
    expect(config?.CacheBehaviors[2]?.AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS']);
  });

  it('keeps an answer of the API only as long as it says', () => {
    const policies = ofType<{ CachePolicyConfig: object }>(template, 'AWS::CloudFront::CachePolicy');
    expect(policies.map(({ properties }) => properties.CachePolicyConfig)).toContainEqual(
      expect.objectContaining({ MinTTL: 0, DefaultTTL: 0 }),
    );
  });
});

describe('the calendar of a district that ended', () => {
  const code = withSuccessors(
    readFileSync(new URL('../../infra/prefer-gzip.js', import.meta.url), 'utf8'),
    succeeding,
  );
  const ask = (uri: string, now: string) =>
    runInNewContext(`${code}; handler(event)`, {
      event: { request: { uri, headers: {} } },
      Date: { now: () => Date.parse(now) },
    });

  it.each([
    ['/calendars/rochford.ics', '/calendars/southend.ics'],
    ['/calendars/rochford/talk.json', '/calendars/southend/talk.json'],
    ['/calendars/google/castle-point.ics', '/calendars/google/southend.ics'],
    ['/calendars/castle-point.atom', '/calendars/southend.atom'],
  ])('%s leads to its successor from the day after on', (uri, location) => {
    expect(ask(uri, '2028-03-31T22:59:59Z')).toMatchObject({ uri });
    expect(ask(uri, '2028-03-31T23:00:00Z')).toMatchObject({
      statusCode: 301,
      headers: { location: { value: location } },
    });
  });

  it('leaves every other address alone', () => {
    for (const uri of ['/calendars/harlow.ics', '/calendars/all.ics', '/calendars/events/rochford.ics'])
      expect(ask(uri, '2029-01-01T00:00:00Z')).toMatchObject({ uri });
  });
});

describe('the gzip twin of a calendar', () => {
  const preferGzip = ofType<{ FunctionCode: string }>(template, 'AWS::CloudFront::Function').find(
    ({ properties }) => properties.FunctionCode.includes('accept-encoding'),
  );

  const asked = (acceptEncoding?: string): string =>
    runInNewContext(`${preferGzip?.properties.FunctionCode}; handler(event).uri`, {
      event: {
        request: {
          uri: '/calendars/southend.ics',
          headers: acceptEncoding === undefined ? {} : { 'accept-encoding': { value: acceptEncoding } },
        },
      },
    });

  it.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, GZIP;q=0.8', 'gzip;q=0.5'])(
    'is for who accepts %s',
    (accepted) => {
      expect(asked(accepted)).toBe('/calendars/southend.ics.gz');
    },
  );

  it.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.0, br', 'xgzip2'])(
    'is not for %s',
    (accepted) => {
      expect(asked(accepted)).toBe('/calendars/southend.ics');
    },
  );
});
