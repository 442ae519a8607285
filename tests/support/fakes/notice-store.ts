import { type Claim, claimOf, givenBack, type Notice } from '../../../shared/bulletins/notice.ts';
import type { NoticeStore } from '../../../shared/bulletins/notice-store.ts';

/** The send ledger in memory. */
export function fakeNoticeStore() {
  const notices = new Map<string, Notice>();
  const key = (bulletin: string, subscription: string) => `${bulletin} ${subscription}`;
  const of = ({ bulletin, subscription }: Notice) => notices.get(key(bulletin, subscription));
  const isOpen = (notice: Notice) => of(notice)?.claim === notice.claim && of(notice)?.state !== 'sent';

  const store: NoticeStore = {
    claim: async ({ bulletin, subscriptions, entries, claim }, time) => {
      const found = new Map<string, Claim>();
      for (const subscription of subscriptions) {
        const wanted = { bulletin, subscription, entries, claim };
        const each = claimOf(notices.get(key(bulletin, subscription)), wanted, time);
        found.set(subscription, each);
        if (each.outcome === 'claimed') notices.set(key(bulletin, subscription), each.notice);
      }
      return found;
    },
    record: async (recorded) => {
      for (const notice of recorded)
        if (notice.state === 'sent' ? of(notice) : isOpen(notice))
          notices.set(key(notice.bulletin, notice.subscription), notice);
    },
    release: async (released, now) => {
      for (const notice of released.filter(isOpen)) {
        const left = givenBack(notice, now);
        if (left) notices.set(key(notice.bulletin, notice.subscription), left);
        else notices.delete(key(notice.bulletin, notice.subscription));
      }
    },
    markSent: async (bulletin, subscription) => {
      const before = notices.get(key(bulletin, subscription));
      if (before) notices.set(key(bulletin, subscription), { ...before, state: 'sent' });
    },
    areSent: async (rows) =>
      rows.map((row) => notices.get(key(row.bulletin, row.subscription))?.state === 'sent'),
    told: async (bulletin, place, subscriptions) =>
      new Set(
        subscriptions.filter((subscription) => {
          const notice = notices.get(key(bulletin, subscription));
          return notice && notice.state !== 'failed' && notice.entries.includes(place);
        }),
      ),
    lastHeard: async (subscription, bulletins) => {
      const rows = bulletins.flatMap((bulletin) => notices.get(key(bulletin, subscription)) ?? []);
      const last = rows
        .filter(({ state }) => state === 'sent')
        .map(({ until }) => until)
        .sort()
        .at(-1);
      return last === undefined ? undefined : new Date(last);
    },
  };
  return { ...store, all: () => [...notices.values()] };
}
