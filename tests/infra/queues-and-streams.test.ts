import { describe, expect, it } from 'vitest';
import { ofType, synthesised } from '../support/synthesised.ts';

type Queue = {
  VisibilityTimeout?: number;
  RedrivePolicy?: { deadLetterTargetArn: unknown; maxReceiveCount: number };
};
type Mapping = {
  EventSourceArn: { 'Fn::GetAtt': [string, string] };
  FunctionName: { Ref: string };
  [property: string]: unknown;
};

const template = synthesised();
const queues = new Map(
  ofType<Queue>(template, 'AWS::SQS::Queue').map(({ id, properties }) => [id, properties]),
);
const mappings = ofType<Mapping>(template, 'AWS::Lambda::EventSourceMapping').map(
  ({ properties }) => properties,
);
const timeouts = new Map(
  ofType<{ Timeout: number }>(template, 'AWS::Lambda::Function').map(({ id, properties }) => [
    id,
    properties.Timeout,
  ]),
);
const fromStream = mappings.filter((each) => each.EventSourceArn['Fn::GetAtt'][1] === 'StreamArn');
const fromQueue = mappings.filter((each) => !fromStream.includes(each));

describe('queues', () => {
  it('each has a dead-letter queue of its own', () => {
    const letters = [...queues.keys()].filter((id) => id.includes('DeadLetters'));
    const work = [...queues.entries()].filter(([id]) => !letters.includes(id));
    const targets = work.map(([, { RedrivePolicy }]) => JSON.stringify(RedrivePolicy?.deadLetterTargetArn));
    expect(work).toHaveLength(9);
    expect(targets.toSorted()).toEqual(
      letters.map((id) => JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] })).toSorted(),
    );
  });

  it('each has one worker, which gives back only what failed', () => {
    expect(fromQueue).toHaveLength(9);
    for (const mapping of fromQueue)
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('each waits six times as long as its worker may take', () => {
    for (const { EventSourceArn, FunctionName } of fromQueue) {
      const [id] = EventSourceArn['Fn::GetAtt'];
      expect(queues.get(id)?.VisibilityTimeout, id).toBe(6 * (timeouts.get(FunctionName.Ref) ?? Number.NaN));
    }
  });
});

describe('the two readers of the stream', () => {
  it('ask for what concerns them', () => {
    expect(fromStream.map((mapping) => mapping.FilterCriteria)).toEqual([
      {
        Filters: [
          { Pattern: '{"dynamodb":{"NewImage":{"type":{"S":["event","bulletin","subscription"]}}}}' },
          { Pattern: '{"dynamodb":{"OldImage":{"type":{"S":["event","subscription"]}}}}' },
        ],
      },
      {
        Filters: [
          {
            Pattern:
              '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"type":{"S":["change","confirmation"]}}}}',
          },
        ],
      },
    ]);
  });

  it.each(fromStream)('let go of what fails again and again, and keep it: $FunctionName.Ref', (mapping) => {
    expect(mapping).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: 5,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': ['StoreFailedRecordsBucket7E18ECEF', 'Arn'] } },
      },
    });
  });
});
