import { causeOf, log } from '../../shared/runtime/log.ts';

/**
 * All at once, as they share rows; where that fails one after the other, so that one that cannot be counted keeps no
 * other from it.
 * @throws the last failure, when all others are counted
 */
export async function countAll(ids: string[], count: (ids: string[]) => Promise<void>): Promise<void> {
  if (ids.length > 1)
    try {
      return await count(ids);
    } catch (error) {
      log.warn('not all could be counted at once', causeOf(error));
    }
  let failure: unknown;
  for (const id of ids) {
    try {
      await count([id]);
    } catch (error) {
      log.error('something could not be counted', causeOf(error));
      failure = error;
    }
  }
  if (failure) throw failure;
}
