import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Bulletin } from '../../shared/bulletins/bulletin.ts';
import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import { eventMeant } from '../../shared/bulletins/told-now.ts';
import { topicMessageOf } from '../../shared/bulletins/topic-message.ts';
import { isPublic } from '../../shared/events/event.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { Force } from '../../shared/force/force.ts';
import { topicTexts } from '../../shared/notices/topic-texts.ts';

export type PublishDeps = {
  bulletins: Pick<BulletinStore, 'get' | 'noteCauses' | 'markPublished'>;
  events: Pick<EventStore, 'getAll'>;
  sns: SNSClient;
  topicPrefix: string;
  force: Force;
  origin: string;
  now: () => Date;
};

/** SNS takes a subject of at most 100 ASCII characters. */
const MOST_SUBJECT = 100;

/** Publishes a stored bulletin on its district's topic: for machines, and for those subscribed natively. */
export async function publishBulletin(bulletin: Bulletin, deps: PublishDeps): Promise<void> {
  const { bulletins, sns, topicPrefix, force, origin, now } = deps;
  await bulletins.noteCauses(bulletin);
  const found = await deps.events.getAll(bulletin.entries.map(({ eventId }) => eventId));
  const meant = bulletin.entries.flatMap((entry) => {
    const event = found.get(entry.eventId);
    const then = event && eventMeant(entry, event);
    return then ? [{ ...entry, event: then }] : [];
  });
  const district = force.district.get(bulletin.district);
  if (!district) throw new Error(`there is no district ${bulletin.district}`);
  const entries = meant.filter(({ what, event }) => isPublic(event) || what === 'withdrawn');
  if (['digest', 'survey'].includes(bulletin.occasion ?? '') || (bulletin.occasion && !entries.length))
    return bulletins.markPublished(bulletin.id, now());
  const events = new Map(meant.map(({ eventId, event }) => [eventId, event]));
  await sns.send(
    new PublishCommand({
      TopicArn: topicPrefix + bulletin.district,
      MessageStructure: 'json',
      Subject: `Police events in ${district.name}`.replace(/[^ -~]/g, '').slice(0, MOST_SUBJECT),
      Message: JSON.stringify({
        default: JSON.stringify(topicMessageOf({ ...bulletin, entries: meant }, events, origin)),
        ...topicTexts({ force, origin, district: district.id, entries }),
      }),
      MessageAttributes: attributesOf(bulletin),
    }),
  );
  await bulletins.markPublished(bulletin.id, now());
}

/** What a filter policy may choose by. */
function attributesOf({ district, entries }: Bulletin): Record<string, MessageAttributeValue> {
  const list = (values: (string | undefined)[]) => ({
    DataType: 'String.Array',
    StringValue: JSON.stringify([...new Set(values.filter((value) => value !== undefined))]),
  });
  return {
    district: { DataType: 'String', StringValue: district },
    kind: list(entries.map(({ kind }) => kind)),
    change: list(entries.map(({ what }) => what)),
    campaign: list(entries.map(({ campaign }) => campaign)),
  };
}
