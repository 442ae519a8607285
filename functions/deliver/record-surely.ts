import type { Notice } from '../../shared/bulletins/notice.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';

const TRIES = 4;
const FIRST_PAUSE = 500;

/**
 * Writes down what was sent. Every other failure only costs time; this one would cost a resident a second text, so
 * it is tried for longer than the table's own client does.
 */
export async function recordSurely(
  sent: Notice[],
  {
    notices,
    pause,
  }: { notices: Pick<NoticeStore, 'record'>; pause: (milliseconds: number) => Promise<void> },
): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await notices.record(sent);
    } catch (error) {
      if (tried === TRIES) throw error;
      log.warn('what was sent could not be recorded yet', causeOf(error));
      await pause(FIRST_PAUSE * 2 ** (tried - 1));
    }
  }
}
