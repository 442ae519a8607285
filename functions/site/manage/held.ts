import type { HttpRequest } from '../../../shared/http/request.ts';
import { Gone, NotFound } from '../../../shared/runtime/errors.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import type { PersonalPageDeps } from '../deps.ts';

/**
 * The active subscription whose link was followed.
 * @throws NotFound when the link was not made here, Gone when the subscription has ended
 */
export async function held(
  { params }: HttpRequest,
  { signing, subscriptions }: Pick<PersonalPageDeps, 'signing' | 'subscriptions'>,
): Promise<Subscription> {
  const id = signing.verify('manage', params.manageToken ?? '');
  if (!id) throw new NotFound('This is not one of our links');
  const subscription = await subscriptions.find(id);
  if (subscription?.status !== 'active') throw new Gone('This subscription has ended');
  return subscription;
}
