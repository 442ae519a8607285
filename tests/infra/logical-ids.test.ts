import { expect, it } from 'vitest';
import { ofType, synthesised } from '../support/synthesised.ts';

/** Another logical id is another resource: the old one, with all it holds, would be left or deleted. */
const pinned = {
  'AWS::DynamoDB::Table': ['StoreTable0CCFA19B'],
  'AWS::S3::Bucket': [
    'CalendarsBucketB1B029D8',
    'StoreFailedRecordsBucket7E18ECEF',
    'WebsiteFilesBucket22CD30BE',
  ],
  'AWS::SNS::Topic': [
    'AlarmsOperatorsAD6DFC2B',
    'AnnouncingTopicbasildonAC3167BB',
    'AnnouncingTopicbraintree423EAE8B',
    'AnnouncingTopicbrentwood1D14FD51',
    'AnnouncingTopiccastlepoint54E1B075',
    'AnnouncingTopicchelmsford695544ED',
    'AnnouncingTopiccolchesterD29F7C0F',
    'AnnouncingTopiceppingforestA582AA23',
    'AnnouncingTopicharlow3E9A7BB9',
    'AnnouncingTopicmaldonDFA67ACC',
    'AnnouncingTopicrochford6BCC3C9B',
    'AnnouncingTopicsouthend2307EF03',
    'AnnouncingTopictendringCF18770E',
    'AnnouncingTopicthurrockC566E797',
    'AnnouncingTopicuttlesfordB0806709',
    'DeliveringMailEventsA6A8EA23',
  ],
  'AWS::SQS::Queue': [
    'AnnouncingSettleDeadLetters30D576DD',
    'AnnouncingSettleQueue6CA2ED99',
    'CalendarsRefreshDeadLetters02BDF37E',
    'CalendarsRefreshQueueD6B2A47A',
    'CountingCountsDeadLetters40750853',
    'CountingCountsQueueF701EF05',
    'DeliveringEmailDeadLettersC430FCEF',
    'DeliveringEmailQueueFD70DB9D',
    'DeliveringReceiptsDeadLetters2743434E',
    'DeliveringReceiptsQueue27AA4FF1',
    'DeliveringSmsDeadLettersFF91BB32',
    'DeliveringSmsQueue0611AE29',
    'DeliveringUrgentEmailDeadLettersD43D2120',
    'DeliveringUrgentEmailQueue2467BE47',
    'DeliveringUrgentSmsDeadLetters60954B5E',
    'DeliveringUrgentSmsQueue9AB165B2',
    'FanningOutBulletinsDeadLettersCE481B96',
    'FanningOutBulletinsQueueE2208FDD',
  ],
};

const template = synthesised();

for (const [type, ids] of Object.entries(pinned))
  it(`keeps the logical ids of ${type}`, () => {
    expect(
      ofType(template, type)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids);
  });
