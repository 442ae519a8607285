import type { Subscriber } from '../../shared/subscriptions/subscription.ts';
import type { FanOutDeps } from './plan-page.ts';

const AT_ONCE = 20;

/** Has a page's subscribers go on with the successor of a district, after they are planned to hear of it. */
export async function succeedPage(
  page: Subscriber[],
  from: string,
  to: string,
  { subscribers }: Pick<FanOutDeps, 'subscribers'>,
): Promise<void> {
  const left = [...page];
  while (left.length)
    await Promise.all(left.splice(0, AT_ONCE).map(({ id }) => subscribers.succeed(id, from, to)));
}
