import { Unreadable } from '../../shared/http/problem.ts';
import type { HttpRequest } from '../../shared/http/request.ts';

export type SentFile = { name: string; type: string; bytes: Uint8Array };
export type Form = Awaited<ReturnType<typeof formOf>>;

/**
 * A form as a browser sent it, with or without files.
 * @param mostBytes it may have
 * @throws Unreadable, BodyTooLarge
 */
export async function formOf(request: HttpRequest, mostBytes?: number) {
  const type = request.header('content-type') ?? '';
  const bytes = request.bytes(mostBytes);
  const fields: [string, string][] = [];
  const files = new Map<string, SentFile>();
  for (const [name, value] of await entries(type, bytes))
    if (typeof value === 'string') fields.push([name, value]);
    else files.set(name, { name: value.name, type: value.type, bytes: await value.bytes() });
  return {
    /** The first value of a field, without the spaces around it; nothing where it is empty or was not sent. */
    get: (name: string): string | undefined =>
      fields.find(([each]) => each === name)?.[1].trim() || undefined,
    /** Every value of a field: boxes that are ticked. */
    all: (name: string): string[] => fields.flatMap(([each, value]) => (each === name ? [value] : [])),
    file: (name: string): SentFile | undefined => files.get(name),
    fields,
    hasFiles: files.size > 0,
  };
}

async function entries(type: string, bytes: Buffer): Promise<Iterable<[string, string | File]>> {
  if (!type.startsWith('multipart/form-data')) return new URLSearchParams(bytes.toString('utf8'));
  try {
    return await new Response(Uint8Array.from(bytes), { headers: { 'content-type': type } }).formData();
  } catch (error) {
    throw new Unreadable(`The form cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
