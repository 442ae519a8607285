import { causeOf, log } from '../../shared/runtime/log.ts';

/** One after the other: they share rows. @throws the last failure, when all others are counted */
export async function inOrder(ids: string[], countIt: (id: string) => Promise<void>): Promise<void> {
  let failure: unknown;
  for (const id of ids) {
    try {
      await countIt(id);
    } catch (error) {
      log.error('something could not be counted', causeOf(error));
      failure = error;
    }
  }
  if (failure) throw failure;
}
