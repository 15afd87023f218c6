/** A work that is done once (for each key, if it has one), and again only where it failed: whoever asks meanwhile waits for the same. */
export function once<V, K = void>(work: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const done = new Map<K, Promise<V>>();
  return (key) => {
    const known = done.get(key);
    if (known) return known;
    const begun = work(key);
    done.set(key, begun);
    begun.catch(() => done.delete(key));
    return begun;
  };
}
