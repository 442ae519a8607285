import { apiAt } from './officer.ts';

export type Message = {
  id: string;
  at: string;
  channel: 'email' | 'sms';
  to: string;
  subject?: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
};

/** A resident of a running system, who reads what arrives and answers it. */
export function residentAt(url: string, channel: 'email' | 'sms', address: string) {
  const api = apiAt(url);
  let manageUrl = '';

  async function messages(): Promise<Message[]> {
    const answer = await fetch(`${url}/_local/messages?to=${encodeURIComponent(address)}`);
    return (await answer.json()) as Message[];
  }
  const last = async () => {
    const message = (await messages()).at(-1);
    if (!message) throw new Error(`nothing arrived for ${address}`);
    return message;
  };
  const idle = () =>
    fetch(`${url}/_local/idle`, { method: 'POST', body: JSON.stringify({ timeoutSeconds: 20 }) });

  /** Asks, reads what arrives, and confirms. */
  async function subscribe(districts: string[], wish: Record<string, unknown> = {}) {
    const asked = await api('POST', '/subscriptions', { channel, address, districts, ...wish });
    if (asked.status !== 202) throw new Error(`subscribing: ${asked.status} ${asked.text}`);
    await idle();
    const { text } = await last();
    const proof =
      channel === 'email'
        ? { token: /\/subscribe\/confirm\/([\w.-]+)/.exec(text)?.[1] }
        : { address, code: /\d{6}/.exec(text)?.[0] };
    const confirmed = await api('POST', '/subscriptions/confirmations', proof);
    if (confirmed.status !== 200) throw new Error(`confirming: ${confirmed.status} ${confirmed.text}`);
    manageUrl = (confirmed.body as { manageUrl: string }).manageUrl;
  }

  /** What arrived but for confirmations. */
  const notices = async () =>
    (await messages()).filter(
      ({ text }) => !text.includes('/subscribe/confirm/') && !/is your code/.test(text),
    );

  return { address, subscribe, messages, notices, last, manageUrl: () => manageUrl };
}
