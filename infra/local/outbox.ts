import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

export type OutboxMessage = {
  id: string;
  at: string;
  channel: 'email' | 'sms';
  to: string;
  from: string;
  subject?: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
  attachments?: { fileName: string; contentType: string; content: string }[];
};

/** Where a message stands in the file, and what it is searched by: a county's worth of words stays on disk. */
type Place = Pick<OutboxMessage, 'at' | 'channel' | 'to'> & { offset: number; length: number };

/** Everything that was sent, kept line by line at once, so that a killed process has forgotten nothing. */
export function openOutbox(file: string) {
  const disk = openSync(file, 'a+');
  let places: Place[] = [];
  let end = 0;

  const keep = ({ at, channel, to }: OutboxMessage, length: number) => {
    places.push({ at, channel, to: to.toLowerCase(), offset: end, length });
    end += length + 1;
  };
  for (const line of linesOf(disk)) keep(JSON.parse(line.toString()), line.length);
  // A line cut off by a kill was never answered either.
  ftruncateSync(disk, end);

  function read({ offset, length }: Place): OutboxMessage {
    const line = Buffer.allocUnsafe(length);
    readSync(disk, line, 0, length, offset);
    return JSON.parse(line.toString());
  }

  return {
    /** Answers the message's id. */
    send(message: Omit<OutboxMessage, 'id' | 'at'> & { id?: string }) {
      const sent: OutboxMessage = {
        ...message,
        id: message.id ?? randomUUID(),
        at: new Date().toISOString(),
      };
      const line = Buffer.from(`${JSON.stringify(sent)}\n`);
      writeSync(disk, line);
      keep(sent, line.length - 1);
      return sent.id;
    },
    list({ to, channel, since }: { to?: string; channel?: string; since?: string }) {
      const address = to?.toLowerCase();
      const from = since && new Date(since).toISOString();
      return places
        .filter(
          (place) =>
            (!address || place.to === address) &&
            (!channel || place.channel === channel) &&
            (!from || place.at >= from),
        )
        .map(read);
    },
    latest: (most: number) => places.slice(-most).map(read),
    count: () => places.length,
    clear() {
      ftruncateSync(disk, 0);
      places = [];
      end = 0;
    },
    close: () => closeSync(disk),
  };
}

export type Outbox = ReturnType<typeof openOutbox>;

const BLOCK = 1 << 20;

/** Whole lines, a block of the file at a time. */
function* linesOf(disk: number): Generator<Buffer> {
  const size = fstatSync(disk).size;
  let left = Buffer.alloc(0);
  for (let offset = 0; offset < size; offset += BLOCK) {
    const block = Buffer.alloc(Math.min(BLOCK, size - offset));
    readSync(disk, block, 0, block.length, offset);
    left = Buffer.concat([left, block]);
    for (let stop = left.indexOf(10); stop >= 0; stop = left.indexOf(10)) {
      yield left.subarray(0, stop);
      left = left.subarray(stop + 1);
    }
  }
}
