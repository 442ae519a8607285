import * as z from 'zod';
import { causeOf, log } from '../../../shared/runtime/log.ts';

/** The ONS code of the local authority a postcode is in; nothing where that cannot be said. */
export type DistrictLookup = (postcode: string) => Promise<string | undefined>;

const PATIENCE_MS = 1_500;
const found = z.object({ result: z.object({ codes: z.object({ admin_district: z.string() }) }) });

/**
 * Asks a service that speaks as postcodes.io does. A failure is no answer, never an error, and the postcode is not
 * logged.
 * @see https://postcodes.io/docs/postcode/lookup
 */
export const postcodesIo =
  (origin: string): DistrictLookup =>
  async (postcode) => {
    try {
      const answer = await fetch(`${origin}/postcodes/${encodeURIComponent(postcode)}`, {
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.status === 404) return undefined;
      return found.parse(await answer.json()).result.codes.admin_district;
    } catch (error) {
      log.warn('postcodes cannot be looked up', { error: causeOf(error).error });
      return undefined;
    }
  };
