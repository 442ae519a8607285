import { describe, expect, it } from 'vitest';
import type { SettingName } from '../../shared/runtime/settings.ts';
import { functionNamed, synthesised } from '../support/synthesised.ts';

const given: Record<string, SettingName[]> = {
  api: ['EDGE_PROOF', 'OIDC_AUDIENCE', 'OIDC_ISSUER', 'SECRET_ARN', 'SITE_ORIGIN', 'TABLE_NAME'],
  site: ['EDGE_PROOF', 'SECRET_ARN', 'SITE_ORIGIN', 'TABLE_NAME'],
  console: [
    'EDGE_PROOF',
    'OIDC_AUDIENCE',
    'OIDC_ISSUER',
    'SECRET_ARN',
    'SITE_ORIGIN',
    'SMS_MONTHLY_BUDGET_PENCE',
    'TABLE_NAME',
  ],
  calendars: ['CALENDAR_BUCKET', 'COUNT_QUEUE_URL', 'REFRESH_QUEUE_URL', 'SITE_ORIGIN', 'TABLE_NAME'],
  announce: [
    'EMAIL_QUEUE_URL',
    'EMAIL_URGENT_QUEUE_URL',
    'SETTLE_QUEUE_URL',
    'SETTLE_SECONDS',
    'SITE_ORIGIN',
    'SMS_QUEUE_URL',
    'SMS_URGENT_QUEUE_URL',
    'TABLE_NAME',
    'TOPIC_PREFIX',
  ],
  'fan-out': [
    'EMAIL_QUEUE_URL',
    'EMAIL_URGENT_QUEUE_URL',
    'FAN_OUT_QUEUE_URL',
    'SMS_QUEUE_URL',
    'SMS_URGENT_QUEUE_URL',
    'TABLE_NAME',
  ],
  deliver: [
    'EMAIL_CONFIGURATION_SET',
    'EMAIL_RATE',
    'EMAIL_TEMPLATE',
    'SECRET_ARN',
    'SITE_ORIGIN',
    'SMS_MONTHLY_BUDGET_PENCE',
    'SMS_QUEUE_URL',
    'SMS_RATE',
    'TABLE_NAME',
  ],
  receipts: ['TABLE_NAME'],
  count: ['COUNT_QUEUE_URL', 'TABLE_NAME'],
  tick: [
    'COUNT_QUEUE_URL',
    'EMAIL_QUEUE_URL',
    'EMAIL_URGENT_QUEUE_URL',
    'FAN_OUT_QUEUE_URL',
    'REFRESH_QUEUE_URL',
    'SETTLE_QUEUE_URL',
    'SMS_QUEUE_URL',
    'SMS_URGENT_QUEUE_URL',
    'TABLE_NAME',
  ],
};

const template = synthesised();

describe.each(Object.entries(given))('%s', (name, settings) => {
  const { properties } = functionNamed(template, name);

  it('is given what it needs and no more', () => {
    expect(Object.keys(properties.Environment.Variables).sort()).toEqual(settings);
  });

  it('runs on Node 24 on arm64', () => {
    expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });
});
