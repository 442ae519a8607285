import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Entry } from '../../shared/calendars/calendar-entry.ts';
import type { Frame } from '../../shared/calendars/calendar-frame.ts';
import type { Form } from '../../shared/calendars/calendar-groups.ts';

/** Bytes of a calendar that are held as they are; a larger one is packed until it is published. */
const OPEN_BYTES = 5_000_000;

export type Sheet = ReturnType<typeof newSheet>;

/** One form of a calendar, put together piece by piece from kept texts, so that a large one needs little memory. */
export function newSheet(form: Form) {
  const packed: { bytes: Buffer; length: number }[] = [];
  const open: Buffer[] = [];
  let length = 0;
  let isEmpty = true;

  const isLarge = () => length > OPEN_BYTES;

  function add(entries: Entry[]): void {
    if (entries.length === 0) return;
    const bytes = joined(entries, form, isEmpty);
    isEmpty = false;
    length += bytes.length;
    open.push(bytes);
    if (isLarge()) packed.push(...open.splice(0).map(pack));
  }

  const lengthWithin = ({ before, after }: Frame) =>
    Buffer.byteLength(before) + length + Buffer.byteLength(after);

  /**
   * The whole of it. What stands before the events tells when the last of them changed, so it comes last.
   * @param room that it is written into, so that several large ones need no more memory than one
   */
  function body(frame: Frame, room: Buffer = Buffer.allocUnsafe(lengthWithin(frame))): Buffer {
    let at = room.write(frame.before);
    for (const each of packed) at += unpack(each).copy(room, at);
    for (const bytes of open) at += bytes.copy(room, at);
    at += room.write(frame.after, at);
    return room.subarray(0, at);
  }

  return { form, add, lengthWithin, body, isLarge };
}

const pack = (bytes: Buffer) => ({ bytes: deflateRawSync(bytes, { level: 1 }), length: bytes.length });

/** In one chunk: from several it would be put together, in twice the memory. */
const unpack = ({ bytes, length }: { bytes: Buffer; length: number }) =>
  inflateRawSync(bytes, { chunkSize: length + 1 });

/** Written into place one by one: five times as fast as joining strings first. */
function joined(entries: Entry[], form: Form, isFirst: boolean): Buffer {
  const gap = form === 'json' ? ',' : '';
  const texts = entries.map((entry) => textOf(entry, form));
  const length = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + gap.length, 0);
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const text of texts) {
    if (!isFirst || at > 0) at += bytes.write(gap, at);
    at += bytes.write(text, at);
  }
  return bytes.subarray(0, at);
}

const textOf = ({ ics, google, json, atom }: Entry, form: Form) =>
  ({ ics, google: google ?? ics, json, atom })[form];
