import type { StandingOccasion } from '../../shared/bulletins/bulletin.ts';
import type { CurrentDistrict } from '../../shared/bulletins/what-to-hear.ts';
import type { Force } from '../../shared/force/force.ts';
import type { HolderLinks } from '../../shared/notices/end-of-email.ts';
import { stillSubscribedEmail, successorEmail } from '../../shared/notices/standing-emails.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';

/** The letter of an occasion that is about no event. */
export const standingEmail = (
  occasion: StandingOccasion,
  {
    subscription,
    district,
    links,
    ...common
  }: {
    force: Force;
    origin: string;
    current: CurrentDistrict;
    subscription: Pick<Subscription, 'districts'>;
    district: string;
    links: HolderLinks;
  },
) =>
  occasion === 'succession'
    ? successorEmail({ ...common, links, from: district, to: common.current(district) })
    : stillSubscribedEmail({ ...common, links, districts: subscription.districts });
