import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import type { TextMoney } from '../../shared/bulletins/text-money.ts';
import type { SubmissionStore } from '../../shared/desk/submission-store.ts';
import type { VenueBook } from '../../shared/desk/venue-book.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { Force } from '../../shared/force/force.ts';
import type { OfficerStore } from '../../shared/identity/officer-store.ts';
import type { RunningImportStore } from '../../shared/imports/running-import-store.ts';
import type { UploadStore } from '../../shared/imports/upload-store.ts';
import type { CounterReads } from '../../shared/reports/counter-store.ts';
import type { Signing } from '../../shared/runtime/signing.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import type { ConsolePages } from './look/pages.ts';
import type { Issuer } from './sign-in/issuer.ts';
import type { SessionStore } from './sign-in/session-store.ts';
import type { Sessions } from './sign-in/sessions.ts';

/** What the console is given. */
export type ConsoleDeps = {
  events: EventStore;
  submissions: SubmissionStore;
  bulletins: Pick<BulletinStore, 'causedBy' | 'causesOf'>;
  notices: Pick<NoticeStore, 'told'>;
  subscriptions: Pick<SubscriberStore, 'subscribersOf' | 'followersOf'>;
  textMoney: TextMoney;
  venues: VenueBook;
  counters: CounterReads;
  officers: OfficerStore;
  signing: Pick<Signing, 'sign' | 'verify' | 'pseudonym'>;
  uploads: UploadStore;
  imports: Pick<RunningImportStore, 'goesOn' | 'isOver'>;
  sessions: SessionStore;
  issuer: Issuer;
  force: Force;
  origin: string;
  /** Pages do not wait until very many subscribers are counted one by one. */
  mayEstimate: true;
  now: () => Date;
  newId: () => string;
};

/** What signing in and the guard need of it. */
export type ConsoleSetting = {
  issuer: Issuer;
  signedIn: Sessions;
  origin: string;
  pages: ConsolePages;
};
