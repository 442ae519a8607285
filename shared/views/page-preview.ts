import type { Signing } from '../runtime/signing.ts';

const HOUR = 3_600_000;

/** The address of an event's page as residents will find it, for whoever sees the event now: good for an hour. */
export const previewPath = (eventId: string, now: Date, { sign }: Pick<Signing, 'sign'>) =>
  `/preview/${sign('preview', `${eventId}.${now.getTime() + HOUR}`)}`;

/** The event that such an address was made for; nothing when it was not made here, or its hour is over. */
export function previewed(token: string, now: Date, { verify }: Pick<Signing, 'verify'>): string | undefined {
  const [eventId, until] = verify('preview', token)?.split('.') ?? [];
  return Number(until) > now.getTime() ? eventId : undefined;
}
