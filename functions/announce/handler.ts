import { SNSClient } from '@aws-sdk/client-sns';
import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { ulid } from 'ulid';
import { bulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { deliveryQueues } from '../../shared/bulletins/delivery-queues.ts';
import { windowStore } from '../../shared/bulletins/window-store.ts';
import { eventStore } from '../../shared/events/event-store.ts';
import { builtForce } from '../../shared/force/built-force.ts';
import { runningImportStore } from '../../shared/imports/running-import-store.ts';
import { openQueue } from '../../shared/runtime/queue.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { openTable } from '../../shared/table/table.ts';
import { announce } from './announce.ts';

const settings = readSettings(
  process.env,
  'TABLE_NAME',
  'SITE_ORIGIN',
  'SETTLE_QUEUE_URL',
  'SETTLE_SECONDS',
  'TOPIC_PREFIX',
  'EMAIL_QUEUE_URL',
  'EMAIL_URGENT_QUEUE_URL',
  'SMS_QUEUE_URL',
  'SMS_URGENT_QUEUE_URL',
);
const force = builtForce(new URL('./force.json', import.meta.url));
const table = openTable(settings.TABLE_NAME);
const now = () => new Date();

export const handler: (batch: DynamoDBStreamEvent | SQSEvent) => ReturnType<ReturnType<typeof announce>> =
  announce({
    windows: windowStore(table),
    imports: runningImportStore({ table, now }),
    bulletins: bulletinStore(table),
    events: eventStore(table),
    settle: openQueue(settings.SETTLE_QUEUE_URL),
    deliver: deliveryQueues(settings),
    sns: new SNSClient({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 } }),
    topicPrefix: settings.TOPIC_PREFIX,
    pace: { settleSeconds: settings.SETTLE_SECONDS, timeZone: force.timeZone },
    force,
    origin: settings.SITE_ORIGIN,
    now,
    newId: () => ulid().toLowerCase(),
  });
