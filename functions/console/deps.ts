import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { Force } from '../../shared/force/force.ts';
import type { ConsolePages } from './look/pages.ts';
import type { Issuer } from './sign-in/issuer.ts';
import type { SessionStore } from './sign-in/session-store.ts';
import type { Sessions } from './sign-in/sessions.ts';

/** What the console is given. */
export type ConsoleDeps = {
  events: EventStore;
  bulletins: Pick<BulletinStore, 'causedBy' | 'causesOf'>;
  sessions: SessionStore;
  issuer: Issuer;
  force: Force;
  origin: string;
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
