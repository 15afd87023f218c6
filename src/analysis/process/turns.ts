/** On whose behalf something is analysed: what decides whose turn it is, and whose budget pays. */
export interface Client {
  /** The account that installed the App. */
  owner: string;
  pullRequest: string;
}

interface Queue<T> {
  owner: string;
  items: T[];
  running: number;
  spentMs: number;
}

export interface Turns<T> {
  add(client: Client, item: T): void;
  /** The next one to run, or undefined. `onlyIdle`: of a pull request that nothing runs for. */
  take(now: number, onlyIdle?: boolean): { client: Client; item: T } | undefined;
  /** What a run cost, in milliseconds. */
  settle(client: Client, now: number, ms: number): void;
  /** What an owner spent lately. */
  spentBy(owner: string, now: number): number;
  waiting(): number;
}

/**
 * Whose turn it is: that of the owner who cost least lately, and of his pull requests that of the one that cost least. So ten
 * slow files of one pull request do not stand before the single file of another. Pure but for its own memory.
 *
 * @param relief how much of a spent millisecond is forgotten in each millisecond that passes
 */
export function createTurns<T>(relief: number): Turns<T> {
  const queues = new Map<string, Queue<T>>();
  const owners = new Map<string, { ms: number; at: number }>();
  const spentBy = (owner: string, now: number): number => {
    const known = owners.get(owner);
    return known ? Math.max(0, known.ms - (now - known.at) * relief) : 0;
  };
  const queueOf = ({ owner, pullRequest }: Client): Queue<T> => {
    const known = queues.get(pullRequest);
    if (known) return known;
    const made = { owner, items: [], running: 0, spentMs: 0 };
    queues.set(pullRequest, made);
    return made;
  };
  return {
    spentBy,
    waiting: () => [...queues.values()].reduce((sum, queue) => sum + queue.items.length, 0),
    add: (client, item) => {
      queueOf(client).items.push(item);
    },
    take: (now, onlyIdle = false) => {
      const ready = [...queues].filter(([, queue]) => queue.items.length > 0 && !(onlyIdle && queue.running > 0));
      const running = (owner: string): number =>
        [...queues.values()].reduce((sum, queue) => sum + (queue.owner === owner ? queue.running : 0), 0);
      const rank = ([, queue]: (typeof ready)[number]): number[] => [
        running(queue.owner),
        spentBy(queue.owner, now),
        queue.running,
        queue.spentMs,
      ];
      const [first] = ready
        .map((one) => ({ one, rank: rank(one) }))
        .sort((a, b) => a.rank.map((value, index) => value - (b.rank[index] ?? 0)).find((by) => by !== 0) ?? 0);
      if (!first) return undefined;
      const [pullRequest, queue] = first.one;
      const item = queue.items.shift() as T;
      queue.running += 1;
      return { client: { owner: queue.owner, pullRequest }, item };
    },
    settle: (client, now, ms) => {
      const queue = queueOf(client);
      queue.running -= 1;
      queue.spentMs += ms;
      owners.set(client.owner, { ms: spentBy(client.owner, now) + ms, at: now });
      if (queue.running === 0 && queue.items.length === 0) queues.delete(client.pullRequest);
      for (const owner of owners.keys()) if (spentBy(owner, now) === 0) owners.delete(owner);
    },
  };
}
