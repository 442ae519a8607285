import type { EventStore } from '../../shared/events/event-store.ts';
import type { Force } from '../../shared/force/force.ts';
import type { Signing } from '../../shared/runtime/signing.ts';
import type { SubscriptionStore } from '../../shared/subscriptions/subscription-store.ts';
import type { DistrictLookup } from './find/postcodes-io.ts';
import type { Pages } from './look/pages.ts';

export type SiteDeps = {
  events: Pick<EventStore, 'get' | 'history' | 'list'>;
  subscriptions: Pick<
    SubscriptionStore,
    'requestConfirmation' | 'confirm' | 'find' | 'changePreferences' | 'end'
  >;
  signing: Pick<Signing, 'verify' | 'sign'>;
  /** Nothing where no service for it is configured. */
  lookUp?: DistrictLookup;
  force: Force;
  origin: string;
  now: () => Date;
};

/** What a page's routes are given. */
export type PageDeps = SiteDeps & { pages: Pages };
