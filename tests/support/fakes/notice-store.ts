import type { Notice, NoticeStore } from '../../../shared/bulletins/notice-store.ts';

/** The send ledger in memory. */
export function fakeNoticeStore() {
  const notices = new Map<string, Notice>();
  const key = (bulletin: string, subscription: string) => `${bulletin} ${subscription}`;

  const store: NoticeStore = {
    claim: async ({ bulletin, subscription, entries }, { now, until }) => {
      const before = notices.get(key(bulletin, subscription));
      const isFinal = before?.state === 'sent' || before?.state === 'failed';
      if (before && (isFinal || (before.state === 'unknown' && before.attempt >= 2)))
        return { outcome: 'settled', state: before.state };
      if (before && Date.parse(before.until) > now.getTime())
        return { outcome: 'wait', until: new Date(before.until) };
      const attempt = (before?.attempt ?? 0) + 1;
      if (attempt > 2) return { outcome: 'settled', state: 'unknown' };
      notices.set(key(bulletin, subscription), {
        bulletin,
        subscription,
        entries,
        state: 'claimed',
        attempt,
        until: until.toISOString(),
      });
      return { outcome: 'claimed', attempt };
    },
    record: async (notice) => {
      const before = notices.get(key(notice.bulletin, notice.subscription));
      if (before && before.state !== 'sent') notices.set(key(notice.bulletin, notice.subscription), notice);
    },
    release: async (bulletin, subscription) => {
      notices.delete(key(bulletin, subscription));
    },
    markSent: async (bulletin, subscription) => {
      const before = notices.get(key(bulletin, subscription));
      if (before) notices.set(key(bulletin, subscription), { ...before, state: 'sent' });
    },
    told: async (bulletin, place, subscriptions) =>
      new Set(
        subscriptions.filter((subscription) => {
          const notice = notices.get(key(bulletin, subscription));
          return notice && notice.state !== 'failed' && notice.entries.includes(place);
        }),
      ),
  };
  return { ...store, all: () => [...notices.values()] };
}
