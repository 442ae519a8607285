import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Stale } from '../runtime/errors.ts';
import { isWritten } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import type { Submission } from './submission.ts';

export type SubmissionStore = ReturnType<typeof submissionStore>;

/** As far ahead as events are planned. */
const KEPT_FOR = 400 * 86_400_000;

const ALL = 'SUBMISSIONS';
const keyOf = (eventId: string) => ({ pk: ALL, sk: eventId });

/** What waits for a second person: at most one submission of each event. Few at a time, so one partition lists them. */
export function submissionStore(table: Table) {
  const find = async (eventId: string) =>
    (await table.get(keyOf(eventId)))?.submission as Submission | undefined;

  /**
   * Keeps what became of a submission.
   * @param before what was there when it was decided
   * @throws Stale when somebody else was faster
   */
  async function keep(submission: Submission, before: Submission | undefined): Promise<void> {
    const last = submission.returned?.at ?? submission.at;
    const write = new PutCommand({
      TableName: table.name,
      Item: {
        ...keyOf(submission.eventId),
        type: 'submission',
        submission,
        revision: revisionOf(submission),
        expiresAt: Math.ceil((Date.parse(last) + KEPT_FOR) / 1000),
      },
      ...(before
        ? {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': revisionOf(before) },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    });
    if (!(await isWritten(table.client.send(write))))
      throw new Stale('Somebody else has submitted it, or answered, meanwhile');
  }

  async function end(eventId: string): Promise<void> {
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: keyOf(eventId) }));
  }

  /** Every submission, the oldest first. */
  async function all(): Promise<Submission[]> {
    const found: Submission[] = [];
    for await (const { submission } of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': ALL },
      ConsistentRead: true,
    }))
      found.push(submission as Submission);
    return found.sort((one, other) => one.at.localeCompare(other.at));
  }

  return { find, keep, end, all };
}

/** What two writers must not both replace. */
export const revisionOf = ({ version, at, returned }: Submission) =>
  `${version} ${at} ${returned?.at ?? 'waits'}`;
