/** Everything below what it belongs to, with how deep it stands; what belongs to nothing known stands at the top. */
export function inOrder<T, K>(all: readonly T[], keyOf: (one: T) => K, parentOf: (one: T) => K | undefined): { one: T; depth: number }[] {
  const known = new Set(all.map(keyOf));
  const below = (parent: K | undefined, depth: number): { one: T; depth: number }[] =>
    all
      .filter((one) => {
        const its = parentOf(one);
        return parent === undefined ? its === undefined || !known.has(its) : its === parent;
      })
      .flatMap((one) => [{ one, depth }, ...below(keyOf(one), depth + 1)]);
  return below(undefined, 0);
}

/** What has the same key side by side, in the order of the first of each. */
export function grouped<T, K>(all: readonly T[], keyOf: (one: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups];
}
