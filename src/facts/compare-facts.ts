import type { Facts } from './facts.ts';

/** A status is said with its route. */
type Kind = Exclude<keyof Facts, 'statuses'>;
export type FactChange = {
  [K in Kind]: {
    kind: K;
    /** Null: it is new. */
    before: Facts[K][number] | null;
    /** Null: it is gone. */
    after: Facts[K][number] | null;
  };
}[Kind];

/** What a fact is known by on both sides: never its line, which every change above it moves. */
const KEYS: { readonly [K in Kind]: (one: Facts[K][number]) => string } = {
  routes: ({ method, path }) => `${method} ${path}`,
  answers: (one) => `${one.place.path} ${one.route ?? one.function} ${one.status}`,
  inputs: (one) => `${one.place.path} ${one.route ?? one.function} ${one.name}`,
  queries: (one) => `${one.place.path} ${one.function} ${one.operation} ${one.tables.join()}`,
  outgoing: (one) => `${one.place.path} ${one.function} ${one.client} ${one.host}`,
  consumers: (one) => `${one.client} ${one.name ?? one.place.path}`,
  producers: (one) => `${one.place.path} ${one.function} ${one.client} ${one.name}`,
  procedures: ({ by, name }) => `${by} ${name}`,
  settings: ({ name, place }) => `${name} ${place.path}`,
  repeated: (one) => `${one.place.path} ${one.function} ${one.call}`,
  overwrites: (one) => `${one.place.path} ${one.function} ${one.value}`,
  slips: (one) =>
    `${one.place.path} ${one.function} ${one.kind} ${Object.values(one.names).join(' ').replace(/\d+/g, '')}`,
  transactions: (one) => `${one.place.path} ${one.function} ${one.client}`,
};

/** What changed between two sides of a program: what is new, what is gone, and what says something else. A move is no change. */
export function compareFacts(base: Facts, head: Facts): FactChange[] {
  return (Object.keys(KEYS) as Kind[]).flatMap((kind) => compareKind(kind, base, head));
}

function compareKind(kind: Kind, base: Facts, head: Facts): FactChange[] {
  const keyOf = KEYS[kind] as (one: object) => string;
  const before = numbered<object>(base[kind], keyOf);
  const after = numbered<object>(head[kind], keyOf);
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => {
    const [one = null, other = null] = [before.get(key), after.get(key)];
    return one && other && said(one) === said(other)
      ? []
      : [{ kind, before: one, after: other } as unknown as FactChange];
  });
}

/** The second of two equal ones is the second on the other side. */
function numbered<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T> {
  const counts = new Map<string, number>();
  return new Map(
    all.map((one) => {
      const key = keyOf(one);
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return [`${key} ${count}`, one];
    }),
  );
}

/** What it says, wherever it stands. */
function said(fact: object): string {
  return JSON.stringify(fact, (key, value) =>
    key === 'place' || key === 'router' || key === 'within' ? undefined : value,
  );
}
