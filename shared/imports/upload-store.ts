import { gunzipSync, gzipSync } from 'node:zlib';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { Stale } from '../runtime/errors.ts';
import { isWritten } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import type { Cells } from './read-csv.ts';
import type { Repairs, Upload } from './upload.ts';

export type UploadStore = ReturnType<typeof uploadStore>;
export type KeptUpload = { upload: Upload; bytes: Uint8Array; repairs: Repairs };

/** A week is time to repair a file; the events it made stay. */
export const UPLOAD_KEPT_FOR = 7 * 86_400_000;
/** Most of what an item may hold is 400 KB. */
const PIECE = 300_000;
const MOST_LISTED = 50;

const partition = (id: string) => `UPLOAD#${id}`;
const stateKey = (id: string) => ({ pk: partition(id), sk: 'STATE' });
const numbered = (what: string, number: number) => `${what}#${String(number).padStart(5, '0')}`;
const endOf = ({ at }: Upload) => Math.ceil((Date.parse(at) + UPLOAD_KEPT_FOR) / 1000);

/** Files that officers brought, with what was repaired in them and how far they got, for a week. */
export function uploadStore(table: Table) {
  const put = (upload: Upload, item: Record<string, unknown>, condition = {}) =>
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { type: 'upload', expiresAt: endOf(upload), ...item },
        ...condition,
      }),
    );

  /** Keeps a new file. Its state comes last: without it there is nothing. */
  async function add(upload: Upload, bytes: Uint8Array): Promise<void> {
    const packed = gzipSync(bytes);
    const pieces = Array.from({ length: Math.ceil(packed.length / PIECE) }, (_, place) => ({
      pk: partition(upload.id),
      sk: numbered('FILE', place),
      bytes: packed.subarray(place * PIECE, (place + 1) * PIECE),
    }));
    for (const piece of pieces) await put(upload, piece);
    await put(
      upload,
      { ...stateKey(upload.id), upload },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    await put(upload, { pk: `UPLOADS#${upload.by.id}`, sk: `${upload.at}#${upload.id}`, id: upload.id });
  }

  /** The file with all that belongs to it, as long as it is kept. */
  async function find(id: string, now: Date): Promise<KeptUpload | undefined> {
    const pieces: Uint8Array[] = [];
    const repairs = new Map<number, Cells>();
    let upload: Upload | undefined;
    for await (const item of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partition(id) },
      ConsistentRead: true,
    })) {
      if (item.bytes) pieces.push(item.bytes as Uint8Array);
      else if (item.cells) repairs.set(item.row as number, item.cells as Cells);
      else upload = item.upload as Upload;
    }
    if (!upload || isOver(upload, now)) return undefined;
    return { upload, bytes: gunzipSync(Buffer.concat(pieces)), repairs };
  }

  /** @throws Stale when somebody else changed it meanwhile */
  async function change(upload: Upload): Promise<Upload> {
    const next = { ...upload, revision: upload.revision + 1 };
    const write = put(
      next,
      { ...stateKey(next.id), upload: next },
      {
        ConditionExpression: '#upload.revision = :revision',
        ExpressionAttributeNames: { '#upload': 'upload' },
        ExpressionAttributeValues: { ':revision': upload.revision },
      },
    );
    if (!(await isWritten(write))) throw new Stale('Something else has happened to this import meanwhile');
    return next;
  }

  /** Keeps what an officer wrote over the cells of a row. */
  async function repair(upload: Upload, row: number, cells: Cells): Promise<void> {
    await put(upload, { pk: partition(upload.id), sk: numbered('REPAIR', row), row, cells });
  }

  /** What an officer brought, the newest first. */
  async function ofOfficer(officerId: string, now: Date): Promise<Upload[]> {
    const ids: string[] = [];
    for await (const item of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `UPLOADS#${officerId}` },
      ScanIndexForward: false,
      Limit: MOST_LISTED,
    })) {
      ids.push(item.id as string);
      if (ids.length === MOST_LISTED) break;
    }
    const found = await table.getAll(ids.map(stateKey));
    return found
      .map((item) => item.upload as Upload)
      .filter((upload) => !isOver(upload, now))
      .sort((one, other) => other.at.localeCompare(one.at));
  }

  return { add, find, change, repair, ofOfficer };
}

export const isOver = (upload: Upload, now: Date) => endOf(upload) * 1000 <= now.getTime();
