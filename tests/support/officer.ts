import { openDay } from './an-event.ts';

export type Persona = 'southend-officer' | 'basildon-officer' | 'supervisor' | 'admin';
type Answer = { status: number; headers: Headers; text: string; body: never };

/** The API of a running system, as anybody or as a persona. */
export function apiAt(url: string, token?: string) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const isText = typeof body === 'string';
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      body: body === undefined ? undefined : isText ? body : JSON.stringify(body),
      headers: {
        ...(body !== undefined && { 'content-type': isText ? 'text/csv' : 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : undefined) as never,
    };
  };
}

export type Shown = { id: string; version: number; title: string; audience: string; districts: string[] };

/** What an officer does, in single steps that must succeed. */
export function officerAt(url: string, token: string) {
  const api = apiAt(url, token);
  async function must(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    const answer = await api(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
  const match = ({ version }: Shown) => ({ 'if-match': `"${version}"` });
  return {
    api,
    draft: (members: Record<string, unknown> = {}): Promise<Shown> =>
      must('POST', '/events', { ...openDay, ...members }),
    async publish(members: Record<string, unknown> = {}): Promise<Shown> {
      const draft: Shown = await must('POST', '/events', { ...openDay, ...members });
      return must('POST', `/events/${draft.id}/publish`, undefined, match(draft));
    },
    edit: (event: Shown, members: Record<string, unknown>): Promise<Shown> =>
      must('PUT', `/events/${event.id}`, { ...event, ...members }, match(event)),
    cancel: (event: Shown, reason = 'The hall is flooded'): Promise<Shown> =>
      must('POST', `/events/${event.id}/cancel`, { reason }, match(event)),
    /** One time of a series, and one with those that follow. */
    changeOne: (event: Shown, members: Record<string, unknown>): Promise<Shown> =>
      must('POST', `/events/${event.id}/occurrences`, members, match(event)),
    split: (event: Shown, members: Record<string, unknown>): Promise<Shown> =>
      must('POST', `/events/${event.id}/split`, members, match(event)),
    importCsv: (csv: string, query = ''): Promise<Record<string, number> & { rows: never[] }> =>
      must('POST', `/imports${query}`, csv),
  };
}
