import type { Chunk, ChunkStore, Tally } from '../../../shared/bulletins/chunk-store.ts';

/** Chunks in memory, with what was counted and until when each was put off. */
export function fakeChunkStore() {
  const chunks = new Map<string, { chunk: Chunk; checkAt: Date; tally?: Tally }>();
  const of = (bulletin: string, id: string) => chunks.get(`${bulletin} ${id}`);

  const store: ChunkStore = {
    plan: async (chunk, checkAt) => {
      if (!of(chunk.bulletin, chunk.id)) chunks.set(`${chunk.bulletin} ${chunk.id}`, { chunk, checkAt });
    },
    get: async (bulletin, id) => {
      const found = of(bulletin, id);
      return found?.tally ? undefined : found?.chunk;
    },
    putOff: async ({ bulletin, id }, until) => {
      const found = of(bulletin, id);
      if (found && !found.tally) found.checkAt = until;
    },
    finish: async ({ bulletin, id }, tally) => {
      const found = of(bulletin, id);
      if (found) found.tally ??= tally;
    },
  };
  return { ...store, all: () => [...chunks.values()] };
}
