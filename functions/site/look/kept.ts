/**
 * What was made of late. Key and version say all that it shows: where they are the same, so is it.
 * @param most how many are sure to be kept; of those asked for before, as many again
 */
export function kept<T>(most: number) {
  type Made = { version: number; what: T };
  let [young, old] = [new Map<string, Made>(), new Map<string, Made>()];

  return function keep(key: string, make: () => T, version = 0): T {
    const known = young.get(key);
    if (known?.version === version) return known.what;
    const before = old.get(key);
    const made = before?.version === version ? before : { version, what: make() };
    if (young.size >= most) [young, old] = [new Map(), young];
    young.set(key, made);
    return made.what;
  };
}
