/** Mulberry32: the same seed is the same life. */
export function seeded(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Odds = { kill: number; fail: number; lost: number };

/**
 * A worker that does what it is asked in steps, between which others do theirs. A call may fail before it did anything,
 * or after, its answer lost; the worker may be killed at either point, and is then silent for ever.
 */
export function simulatedWorker(random: () => number, odds: Odds, step: () => void) {
  let isAlive = true;
  let die: () => void;
  const death = new Promise<'killed'>((resolve) => {
    die = () => resolve('killed');
  });
  const never = new Promise<never>(() => {});

  function mayDie() {
    if (isAlive && random() < odds.kill) {
      isAlive = false;
      die();
    }
    return !isAlive;
  }

  async function call<Result>(
    act: () => Promise<Result> | Result,
    { fail = () => new Error('failed'), lost = () => new Error('answer lost'), more = odds } = {},
  ): Promise<Result> {
    for (let others = Math.floor(random() * 4); others > 0; others--) await undefined;
    step();
    if (mayDie()) return never;
    if (random() < more.fail) throw fail();
    const result = await act();
    if (mayDie()) return never;
    if (random() < more.lost) throw lost();
    return result;
  }

  /** The same store, as this worker reaches it. */
  const through = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name);
        return typeof found === 'function'
          ? (...given: unknown[]) => call(() => Reflect.apply(found, target, given))
          : found;
      },
    });

  return { call, through, death };
}

export type SimulatedWorker = ReturnType<typeof simulatedWorker>;
