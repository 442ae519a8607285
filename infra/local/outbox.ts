import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

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

/** Everything that was sent, kept line by line at once, so that a killed process has forgotten nothing. */
export function openOutbox(file: string) {
  let messages = read(file);
  return {
    /** Answers the message's id. */
    send(message: Omit<OutboxMessage, 'id' | 'at'> & { id?: string }) {
      const sent: OutboxMessage = {
        ...message,
        id: message.id ?? randomUUID(),
        at: new Date().toISOString(),
      };
      appendFileSync(file, `${JSON.stringify(sent)}\n`);
      messages.push(sent);
      return sent.id;
    },
    list: ({ to, channel, since }: { to?: string; channel?: string; since?: string }) =>
      messages.filter(
        (message) =>
          (!to || message.to.toLowerCase() === to.toLowerCase()) &&
          (!channel || message.channel === channel) &&
          (!since || message.at >= new Date(since).toISOString()),
      ),
    clear() {
      writeFileSync(file, '');
      messages = [];
    },
  };
}

export type Outbox = ReturnType<typeof openOutbox>;

function read(file: string): OutboxMessage[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  // A line cut off by a kill was never answered either.
  const lines = text.split('\n');
  const whole = lines.slice(0, -1);
  if (lines.at(-1)) writeFileSync(file, whole.map((line) => `${line}\n`).join(''));
  return whole.map((line) => JSON.parse(line));
}
