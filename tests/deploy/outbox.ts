import type { Emulator } from './emulator.ts';

/** What the emulator's SES and SNS sent to people, as searchable text, oldest first. */
export function outbox({ url }: Pick<Emulator, 'url'>) {
  const kept = async (path: string): Promise<unknown> => (await fetch(`${url}/_ministack/${path}`)).json();
  return {
    async to(address: string): Promise<string[]> {
      const messages = leaves(await kept(address.startsWith('+') ? 'sns/sms-messages' : 'ses/messages'));
      return messages.filter((message) => message.includes(address));
    },
  };
}

/** The innermost objects of an answer grouped by account and region, as text. */
function leaves(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const isMessage = 'MessageId' in value;
  return isMessage ? [Object.values(value).map(String).join('\n')] : Object.values(value).flatMap(leaves);
}
