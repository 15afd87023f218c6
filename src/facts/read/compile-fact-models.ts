import type { ProcedureModel, Role } from '../../flows/data/fact-keys.ts';
import type { LibraryModel } from '../../flows/data/library-model.ts';
import { expandNames } from '../../flows/data/models.ts';
import { lastPart } from '../../text/last-part.ts';

/** What the models of one language say for facts, to be asked by name. */
export interface FactModels {
  route: Lookup<LibraryModel['routes'][number]>;
  /** Of a decorator. */
  decorated: Lookup<LibraryModel['routes'][number]>;
  /** Of files that are routes by their place. */
  files: readonly LibraryModel['routes'][number][];
  role: Lookup<Role | 'nothing'>;
  answer: Lookup<LibraryModel['answers'][number]>;
  input: Lookup<LibraryModel['inputs'][number]>;
  query: Lookup<LibraryModel['queries'][number]>;
  transaction: Lookup<LibraryModel['transactions'][number]>;
  transactionType: Lookup<LibraryModel['transactions'][number]>;
  outgoing: Lookup<LibraryModel['outgoing'][number]>;
  consumer: Lookup<LibraryModel['consumers'][number]>;
  /** Of a decorator: the function under it works messages off. */
  workedOff: Lookup<LibraryModel['consumers'][number]>;
  procedure: Lookup<ProcedureModel>;
  /** Of a decorator. */
  procedureUnder: Lookup<ProcedureModel>;
  /** Of a class, or of a struct. */
  services: readonly ProcedureModel[];
  producer: Lookup<LibraryModel['producers'][number]>;
  read: Lookup<LibraryModel['reads'][number]>;
  /** Names of calls that read a setting, and of objects that hold them: the last part. */
  readWords: ReadonlySet<string>;
  /** Of a kind of sink: calls whose text is one of its statements. */
  sinks(kind: string): Lookup<LibraryModel['sinks'][number]>;
  /** Whether any of these lookups knows a name: of most calls none does, and then none need be asked. */
  isSaid: (name: string) => boolean;
}

export interface Lookup<T> {
  /** `star`: what stands for `*` in its name. */
  (name: string): { model: T; star: string | null } | null;
  has: boolean;
}

const known = new WeakMap<readonly LibraryModel[], FactModels>();

/** Once for each list of libraries, which nobody changes. */
export function compileFactModels(libraries: readonly LibraryModel[]): FactModels {
  const models = known.get(libraries) ?? compile(libraries);
  known.set(libraries, models);
  return models;
}

function compile(libraries: readonly LibraryModel[]): FactModels {
  const lookups: Lookup<unknown>[] = [];
  const all = <T>(
    list: (one: LibraryModel) => readonly T[],
    names: (one: T) => LibraryModel['ends'] | string | undefined,
  ): Lookup<T> => {
    const made = createLookup(libraries.flatMap(list), names);
    lookups.push(made);
    return made;
  };
  const reads = libraries.flatMap((one) => one.reads.flatMap(({ at }) => expandNames(at)));
  const sinks = new Map<string, Lookup<LibraryModel['sinks'][number]>>();
  all(
    ({ sinks: own }) => own,
    ({ call }) => call,
  );
  return {
    isSaid: remember((name) => lookups.some((lookup) => lookup(name) !== null)),
    route: all(
      ({ routes }) => routes,
      ({ call }) => call,
    ),
    decorated: all(
      ({ routes }) => routes,
      ({ decorator }) => decorator,
    ),
    files: libraries.flatMap(({ routes }) => routes.filter(({ file }) => file !== undefined)),
    role: createMapped(
      all(
        ({ roles }) => roles,
        ({ call }) => call,
      ),
      ({ does }) => does,
    ),
    answer: all(
      ({ answers }) => answers,
      ({ call }) => call,
    ),
    input: all(
      ({ inputs }) => inputs,
      ({ call }) => call,
    ),
    query: all(
      ({ queries }) => queries,
      ({ call }) => call,
    ),
    transaction: all(
      ({ transactions }) => transactions,
      ({ call }) => call,
    ),
    transactionType: all(
      ({ transactions }) => transactions,
      ({ type }) => type,
    ),
    outgoing: all(
      ({ outgoing }) => outgoing,
      ({ call }) => call,
    ),
    consumer: all(
      ({ consumers }) => consumers,
      ({ call }) => call,
    ),
    workedOff: all(
      ({ consumers }) => consumers,
      ({ decorator }) => decorator,
    ),
    procedure: all(
      ({ procedures }) => procedures,
      ({ call }) => call,
    ),
    procedureUnder: all(
      ({ procedures }) => procedures,
      ({ decorator }) => decorator,
    ),
    services: libraries.flatMap(({ procedures }) =>
      procedures.filter((one) => one.extends !== undefined || one.receiver !== undefined),
    ),
    producer: all(
      ({ producers }) => producers,
      ({ call }) => call,
    ),
    read: all(
      ({ reads: own }) => own,
      ({ at }) => at,
    ),
    readWords: new Set(reads.flatMap((name) => name.split('.').slice(-2))),
    sinks(kind) {
      const known =
        sinks.get(kind) ??
        all(
          ({ sinks: own }) => own.filter((one) => one.kind === kind),
          ({ call }) => call,
        );
      sinks.set(kind, known);
      return known;
    },
  };
}

function createMapped<A, B>(lookup: Lookup<A>, map: (one: A) => B): Lookup<B> {
  const find = (name: string): { model: B; star: string | null } | null => {
    const found = lookup(name);
    return found && { model: map(found.model), star: found.star };
  };
  return Object.assign(find, { has: lookup.has });
}

/** Names that are kept: strangers write them. */
const MOST_ASKED = 5000;

/** Names as they are; then those with a `*` in them, which stands for one part. The first one counts. */
function createLookup<T>(models: readonly T[], names: (one: T) => string | readonly string[] | undefined): Lookup<T> {
  const exact = new Map<string, T>();
  const open = new Map<string, { pattern: RegExp; model: T }[]>();
  for (const model of models)
    for (const name of expandNames(names(model) ?? [])) {
      if (!name.includes('*')) {
        if (!exact.has(name)) exact.set(name, model);
        continue;
      }
      const last = lastPart(name);
      const source = name
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace('\\*', name.startsWith('*.') ? '(.+)' : '([^.]+)');
      open.set(last, [...(open.get(last) ?? []), { pattern: new RegExp(`^${source}$`), model }]);
    }
  const search = (name: string): { model: T; star: string | null } | null => {
    const own = exact.get(name);
    if (own) return { model: own, star: null };
    for (const last of [lastPart(name), '*'])
      for (const { pattern, model } of open.get(last) ?? []) {
        const match = pattern.exec(name);
        if (match) return { model, star: match[1] ?? null };
      }
    return null;
  };
  const has = exact.size + open.size > 0;
  return Object.assign(has ? remember(search) : () => null, { has });
}

/** Calls have the same names again and again. */
function remember<T>(search: (name: string) => T): (name: string) => T {
  const asked = new Map<string, T>();
  return (name) => {
    const known = asked.get(name);
    if (known !== undefined) return known;
    if (asked.size >= MOST_ASKED) asked.clear();
    const found = search(name);
    asked.set(name, found);
    return found;
  };
}
