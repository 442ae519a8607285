import type { EventReads } from '../../shared/events/event-reads.ts';
import type { Force } from '../../shared/force/force.ts';
import type { Signing } from '../../shared/runtime/signing.ts';
import type { SubscriptionStore } from '../../shared/subscriptions/subscription-store.ts';
import type { SiteWords } from './english.ts';
import type { DistrictLookup } from './find/postcodes-io.ts';
import type { Listing } from './look/listing.ts';
import type { Pages } from './look/pages.ts';

/** What only the pages of one person need. */
export type PersonalDeps = {
  subscriptions: Pick<
    SubscriptionStore,
    'requestConfirmation' | 'confirm' | 'find' | 'changePreferences' | 'leaveDistrict' | 'dropStandIn' | 'end'
  >;
  signing: Pick<Signing, 'verify' | 'sign'>;
};

type Events = Pick<EventReads, 'get' | 'history' | 'list'>;

type Shown = {
  /** Nothing where no service for it is configured. */
  lookUp?: DistrictLookup;
  force: Force;
  origin: string;
  now: () => Date;
};

/** Stores are asked for when somebody first opens a page that needs them. */
export type SiteDeps = Shown & { events: () => Promise<Events>; personal: () => Promise<PersonalDeps> };

/** What routes are made of. */
export type Opened = Shown & { words: SiteWords; events: Events };

/** What a page's routes are given. */
export type PageDeps = Opened & { pages: Pages };
export type ListDeps = PageDeps & { listing: Listing };
export type PersonalPageDeps = PageDeps & PersonalDeps;
