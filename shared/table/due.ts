/** Spreads the due index, so that a morning's held work does not land on one partition. */
const SHARDS = 4;

export const dueShards = Array.from({ length: SHARDS }, (_, shard) => `DUE#${shard}`);

/** Attributes that make the minute tick look at an item again at this time. */
export const dueAt = (at: Date, key: string) => ({
  dueShard: `DUE#${[...key].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 0) % SHARDS}`,
  dueAt: at.toISOString(),
});
